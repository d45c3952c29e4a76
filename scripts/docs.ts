/** Writes the generated files, most of them pages of docs/, or with `--check` fails when one is stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedPages } from './generated-pages.ts'

const root = join(import.meta.dirname, '..')
const checking = process.argv.includes('--check')

for (const [name, render] of Object.entries(generatedPages)) {
  const file = join(root, name)
  const text = await render()
  if (!checking) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is stale: run npm run docs`)
    process.exitCode = 1
  }
}
