import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished } from 'vitest'
import { inBrowser } from './kit/chromium.ts'

const root = join(import.meta.dirname, '../..')
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

describe('the pictures of the documents', () => {
  inBrowser('come out anew, each as wide as it should be', { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pictures-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await promisify(execFile)(process.execPath, ['scripts/screenshots.ts', folder], { cwd: root })
    const made = (await readdir(folder)).filter((name) => name !== 'instances-zh.png')
    const kept = (await readdir(join(root, 'docs/console'))).filter((name) => name !== 'instances-zh.png')
    expect(made.sort()).toEqual(kept.sort())
    for (const name of made) {
      const bytes = await readFile(join(folder, name))
      expect(bytes.subarray(0, 8)).toEqual(PNG)
      expect(bytes.readUInt32BE(16), name).toBe(name.includes('narrow') ? 360 : 1_280)
      // A page that shows nothing takes less.
      expect(bytes.length, name).toBeGreaterThan(10_000)
    }
  })
})
