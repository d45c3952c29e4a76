/** Draws where the time of a short request goes, into docs/flame.svg: what the gateway does under load for five seconds. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startGateway } from './compare-contenders.ts'
import { startLoad } from './compare-load.ts'
import { startWorld } from './compare-run.ts'
import { machine } from './compare-tools.ts'
import { endEverything } from './compare-world.ts'
import { flameOf } from './flame-picture.ts'
import { type Profile, treeOf } from './flame-tree.ts'

const WARM_UP_S = 12
const SECONDS = 6
const DRAWN_US = 5_000_000

try {
  const { folder, upstream } = await startWorld()
  const profiles = join(folder, 'profiles')
  const flags = ['--cpu-prof', `--cpu-prof-dir=${profiles}`, '--cpu-prof-interval=250']
  const gateway = await startGateway(folder, upstream.url, {}, flags)
  const load = await startLoad(folder)
  await load(gateway.url, 'job', WARM_UP_S)
  const { requests, seconds } = await load(gateway.url, 'job', SECONDS)
  await gateway.end()
  const [file = ''] = globSync('*.cpuprofile', { cwd: profiles })
  const profile = JSON.parse(readFileSync(join(profiles, file), 'utf8')) as Profile
  const perSecond = Math.round(requests / seconds).toLocaleString('en')
  const date = new Date().toISOString().slice(0, 10)
  const title = `Where a short request's time goes: ${perSecond} a second with the profiler on, ${date}, ${machine().processor}`
  writeFileSync(join(import.meta.dirname, '../docs/flame.svg'), flameOf(treeOf(profile, DRAWN_US), title))
} finally {
  await endEverything()
}
