import { get } from 'node:http'
import { expect } from 'vitest'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { startConsole } from './kit/house.ts'
import { takeSandboxKeys } from './kit/sign-in.ts'
import { type Visit, visit } from './kit/visit.ts'

closesBrowser()

const MOST = 200_000

inBrowser('what the first route loads weighs at most 200 kB in gzip', PATIENCE, async () => {
  const { url } = await startConsole()
  const seen = await visit(`${url}/console/`)
  await seen.page.getByRole('button', { name: 'Use the sandbox keys' }).waitFor()
  const wayIn = await weighed(partsOf(seen))
  expect(wayIn.total, wayIn.told).toBeLessThanOrEqual(MOST)

  await takeSandboxKeys(seen.page)
  // Charts are drawn after the page is there, so they are none of what it waits for.
  const overview = await weighed(partsOf(seen).filter((part) => !/chart/i.test(part)))
  expect(overview.total, overview.told).toBeLessThanOrEqual(MOST)
  process.stdout.write(`gzip: way in ${wayIn.total} B, with the overview ${overview.total} B\n`)
})

inBrowser('the second language comes when it is chosen', PATIENCE, async () => {
  const { url } = await startConsole()
  const seen = await visit(`${url}/console/`)
  await seen.page.getByRole('button', { name: 'Use the sandbox keys' }).waitFor()
  const before = partsOf(seen).length
  await seen.page.getByRole('button', { name: '中文' }).click()
  await seen.page.getByRole('button', { name: '使用沙箱密钥' }).waitFor()
  expect(partsOf(seen).length).toBe(before + 1)
})

const partsOf = ({ requests }: Visit): string[] => [
  ...new Set(requests.map((request) => request.url()).filter((part) => part.includes('/console/'))),
]

async function weighed(parts: readonly string[]): Promise<{ total: number; told: string }> {
  const weights = await Promise.all(parts.map(async (part) => [part, await inGzip(part)] as const))
  return {
    total: weights.reduce((sum, [, weight]) => sum + weight, 0),
    told: weights.map(([part, weight]) => `${weight} ${part}`).join('\n'),
  }
}

/** How many bytes of body come over the wire. */
const inGzip = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.once('end', () => resolve(bytes))
    }).once('error', reject)
  })
