/** As many askers as wrk has connections, each asking again when it is answered. A process of its own. */
import { Agent, get } from 'node:http'
import type { Loaded, LoopOrder } from './compare-loop-start.ts'
import { officialSdk } from './compare-official-sdk.ts'
import { CONNECTIONS, headers, jobId, type Path, pathOf, VARIETY } from './compare-paths.ts'
import { percentileOf } from './trouble-measure.ts'

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
const sdk = officialSdk(process.env.HUAWEICLOUD_URL ?? '')
const keys = { accessKey: headers['X-Access-Key'], secretKey: headers['X-Secret-Key'] }

const called: Record<Exclude<Path, 'servers'>, (nth: number) => Promise<unknown>> = {
  job: (nth) => sdk.showJob(keys, jobId(nth % VARIETY)),
  images: (nth) => sdk.listImages(keys, `image-${nth % VARIETY}`),
  types: (nth) => sdk.listTypes(keys, `zone-${nth % VARIETY}`),
}

const asked = (url: string) =>
  new Promise<void>((resolve, reject) => {
    const request = get(url, { agent, headers }, (response) => {
      response.resume()
      response.on('error', reject)
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error('not 200'))))
    })
    request.on('error', reject)
  })

async function load({ path, seconds, url }: LoopOrder): Promise<Loaded> {
  if (!url && path === 'servers') throw new Error('the SDK is asked for short answers only')
  const ask = url || path === 'servers' ? (nth: number) => asked(`${url}${pathOf(path, nth)}`) : called[path]
  const began = performance.now()
  const until = began + seconds * 1_000
  const tookMs: number[] = []
  let [next, failed] = [Math.floor(Math.random() * 1_000), 0]
  const lane = async () => {
    while (performance.now() < until) {
      const at = performance.now()
      await ask(next++).catch(() => {
        failed += 1
      })
      tookMs.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
  return {
    requests: tookMs.length,
    seconds: (performance.now() - began) / 1_000,
    failed,
    p50Ms: percentileOf(tookMs, 0.5),
    p99Ms: percentileOf(tookMs, 0.99),
  }
}

process.on('message', async (order: LoopOrder) => process.send?.(await load(order)))
process.once('disconnect', () => process.exit())
process.send?.('ready')
