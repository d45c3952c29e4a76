import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'

export const SCRIPT = `console.log(${JSON.stringify('long enough to be compressed '.repeat(40))})\n`
export const SCRIPT_NAME = 'index-1a2b3c4d.js'
export const PICTURE_NAME = 'flag-5e6f7a8b.svg'

/** A folder as the build leaves it, of the real page with a script that does nothing. */
export function fakeConsole(): string {
  const folder = mkdtempSync(join(tmpdir(), 'console-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const assets = join(folder, 'assets')
  mkdirSync(assets)
  const page = readFileSync(join(import.meta.dirname, '../../src/console/index.html'), 'utf8')
  writeFileSync(join(folder, 'index.html'), page.replace('./main.tsx', `/console/assets/${SCRIPT_NAME}`))
  writeFileSync(join(folder, 'LICENSES.txt'), 'MIT\n')
  writeFileSync(join(folder, 'sources.sha256'), '0')
  writeFileSync(join(assets, SCRIPT_NAME), SCRIPT)
  writeFileSync(join(assets, `${SCRIPT_NAME}.br`), brotliCompressSync(SCRIPT))
  writeFileSync(join(assets, `${SCRIPT_NAME}.gz`), gzipSync(SCRIPT))
  writeFileSync(join(assets, PICTURE_NAME), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  return folder
}
