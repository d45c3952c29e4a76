/** Compiles the typed client into packages/client/dist: once as ES modules, once as CommonJS. */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const client = join(root, 'packages/client')
rmSync(join(client, 'dist'), { recursive: true, force: true })

for (const [form, type, config] of [
  ['esm', 'module', 'tsconfig.build.json'],
  ['cjs', 'commonjs', 'tsconfig.cjs.json'],
] as const) {
  const compiler = [join(root, 'node_modules/typescript/bin/tsc'), '-p', config]
  execFileSync(process.execPath, compiler, { cwd: client, stdio: 'inherit' })
  const built = join(client, 'dist', form)
  writeFileSync(join(built, 'package.json'), `${JSON.stringify({ type })}\n`)
  // The compiler leaves declarations as they were written, which older compilers cannot follow.
  for (const file of globSync('*.d.ts', { cwd: built })) {
    const text = readFileSync(join(built, file), 'utf8')
    writeFileSync(join(built, file), text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"))
  }
}
