import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'

/** The environment in which a program runs this module first. */
export function preloaded(source: string): { NODE_OPTIONS: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hca-preload-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'preload.mjs')
  writeFileSync(file, source)
  return { NODE_OPTIONS: `--import ${pathToFileURL(file)}` }
}
