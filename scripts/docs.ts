/** Writes the generated pages of docs/, or with `--check` fails when one is stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedPages } from './generated-pages.ts'

const folder = join(import.meta.dirname, '../docs')
const checking = process.argv.includes('--check')

for (const [name, render] of Object.entries(generatedPages)) {
  const file = join(folder, name)
  if (!checking) writeFileSync(file, render())
  else if (readFileSync(file, 'utf8') !== render()) {
    console.error(`docs/${name} is stale: run npm run docs`)
    process.exitCode = 1
  }
}
