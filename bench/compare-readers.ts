/** Readers who take a long answer slowly. A process of its own, so that their memory is not the gateway's. */
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { headers, pathOf } from './compare-paths.ts'

export interface ReadersOrder {
  readonly url: string
  readonly readers: number
  readonly bytesPerSecond: number
}

export interface ReadersReport {
  /** Bytes that each got, 0 where the answer was refused or cut. */
  readonly bytes: readonly number[]
  readonly seconds: number
}

function asked(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(url, { agent: false, headers }, resolve)
    request.on('error', reject)
  })
}

async function slowly(url: string, bytesPerSecond: number): Promise<number> {
  const response = await asked(url)
  if (response.statusCode !== 200) return 0
  const began = performance.now()
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    const early = (bytes / bytesPerSecond) * 1_000 - (performance.now() - began)
    if (early > 0) await sleep(early)
  }
  return response.complete ? bytes : 0
}

process.once('message', async ({ url, readers, bytesPerSecond }: ReadersOrder) => {
  const began = performance.now()
  const bytes = await Promise.all(
    Array.from({ length: readers }, (_, nth) =>
      slowly(`${url}${pathOf('servers', nth)}`, bytesPerSecond).catch(() => 0),
    ),
  )
  const report: ReadersReport = { bytes, seconds: (performance.now() - began) / 1_000 }
  process.send?.(report, () => process.exit())
})
process.once('disconnect', () => process.exit())
