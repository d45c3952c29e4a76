import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { isChromiumThere } from './chromium-path.ts'

const root = join(import.meta.dirname, '../../..')

/** Before all tests, and only where tests in a browser are among them: the console as its sources are now. */
export default async function build(project: TestProject): Promise<void> {
  if (!isChromiumThere) return
  const filters = Reflect.get(project.vitest, 'filenamePattern') as string[] | undefined
  const { testFiles } = await project.globTestFiles(filters)
  if (!testFiles.some((file) => file.includes('/test/console/'))) return
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/console.ts', '--if-stale'], {
    cwd: root,
  })
  process.stdout.write(stdout)
  if (/not possible/.test(stdout) || !existsSync(join(root, 'dist/console/sources.sha256')))
    throw new Error(`the console cannot be built: ${stdout}`)
}
