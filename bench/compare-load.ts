/** Sends as fast as it is answered, over 16 connections, 1,000 different URLs in turn. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Loaded, startLoop } from './compare-loop-start.ts'
import { CONNECTIONS, headers, type Path, pathOf, VARIETY } from './compare-paths.ts'
import { onPath } from './compare-tools.ts'

export type Load = (url: string, path: Path, seconds: number) => Promise<Loaded>

export const loadShown = () => `${CONNECTIONS} connections${onPath('wrk') ? '' : ' of a sender of our own'}`

/** By wrk; where it is missing, by a process of ours. */
export async function startLoad(folder: string): Promise<Load> {
  const wrk = onPath('wrk')
  if (wrk) return wrkIn(wrk, folder)
  const loop = await startLoop()
  return (url, path, seconds) => loop.load({ path, seconds, url })
}

function wrkIn(wrk: string, folder: string): Load {
  mkdirSync(join(folder, 'wrk'), { recursive: true })
  const scriptOf = (path: Path) => {
    const file = join(folder, 'wrk', `${path}.lua`)
    writeFileSync(file, script(path))
    return file
  }
  return async (url, path, seconds) => {
    const { stdout } = await promisify(execFile)(wrk, [
      ...['--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${seconds}s`],
      ...['--timeout', '10s', '--script', scriptOf(path), url],
    ])
    const [, told = ''] = stdout.split('TOLD ')
    return JSON.parse(told) as Loaded
  }
}

/** Each process of wrk begins elsewhere in the list, and none makes a request anew. */
function script(path: Path): string {
  const paths = Array.from({ length: VARIETY }, (_, nth) => JSON.stringify(pathOf(path, nth)))
  const sent = Object.entries(headers).map(([name, value]) => `["${name}"] = "${value}"`)
  return `local paths = { ${paths.join(', ')} }
local requests, next = {}, math.random(${VARIETY})
wrk.headers = { ${sent.join(', ')} }
function init()
  for nth, path in ipairs(paths) do requests[nth] = wrk.format("GET", path) end
end
function request()
  next = next % ${VARIETY} + 1
  return requests[next]
end
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'TOLD {"requests":%d,"seconds":%f,"failed":%d,"p50Ms":%f,"p99Ms":%f}',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
`
}
