import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isChromiumThere } from './chromium-path.ts'

const root = join(import.meta.dirname, '../../..')

/** Before all tests in a browser: the console as its sources are now. */
export default async function build(): Promise<void> {
  if (!isChromiumThere) return
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/console.ts', '--if-stale'], {
    cwd: root,
  })
  process.stdout.write(stdout)
  if (/not possible/.test(stdout) || !existsSync(join(root, 'dist/console/sources.sha256')))
    throw new Error(`the console cannot be built: ${stdout}`)
}
