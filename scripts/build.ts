/** Makes dist/, which is what gets published: the program as a bundle, types of the sandbox, the console and the viewer of /docs; and the client. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { viewerFiles } from '../src/gateway/docs-page-files.ts'

const root = join(import.meta.dirname, '..')
rmSync(join(root, 'dist'), { recursive: true, force: true })
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})

for (const part of ['bundle', 'console', 'client'])
  execFileSync(process.execPath, [join(root, `scripts/${part}.ts`)], { cwd: root, stdio: 'inherit' })

// Its licence asks to travel along.
const viewer = [...Object.keys(viewerFiles), 'LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt']
mkdirSync(join(root, 'dist/docs-viewer'))
for (const file of viewer) {
  cpSync(join(root, 'node_modules/swagger-ui-dist', file), join(root, 'dist/docs-viewer', file))
}
