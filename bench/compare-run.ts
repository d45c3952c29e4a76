import { type Running, startContenders, startGateway } from './compare-contenders.ts'
import { addedLatency } from './compare-latency.ts'
import { loadShown } from './compare-load.ts'
import { startUpstream } from './compare-nginx.ts'
import { goalsOf, ratiosOf, rowsOf } from './compare-ratios.ts'
import { recordInto } from './compare-recorded.ts'
import { type Answer, answers, type Contender, type Results, type Round } from './compare-results.ts'
import { type Contenders, oneRound, takingPart } from './compare-rounds.ts'
import { slowReaders } from './compare-slow-readers.ts'
import { machine, onPath, versions, WITHOUT_WRK } from './compare-tools.ts'
import { twoWorkers } from './compare-workers.ts'
import { familyOf, temporaryFolder } from './compare-world.ts'

export const ANSWERS = Object.keys(answers) as Answer[]

/** Seconds until what it runs is compiled; before that, every request costs some times more. */
const WARM_UP: Partial<Record<Contender, Record<Answer, number>>> = {
  ours: { job: 10, images: 3, types: 3 },
  express: { job: 4, images: 2, types: 3 },
  sdk: { job: 3, images: 1, types: 2 },
}

export interface World {
  readonly folder: string
  readonly bytes: Awaited<ReturnType<typeof recordInto>>
  readonly upstream: { readonly url: string; readonly port: number; readonly pids: readonly number[] }
}

/** The upstream, with answers that were recorded just now. */
export async function startWorld(): Promise<World> {
  const names = versions() // says at once what is missing
  say(
    Object.entries(names)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  )
  if (!onPath('wrk')) say(WITHOUT_WRK)
  const folder = temporaryFolder()
  const bytes = await recordInto(folder)
  const { child, ports } = await startUpstream(folder)
  const [port = 0] = ports
  return {
    folder,
    bytes,
    upstream: { port, url: `http://127.0.0.1:${port}`, pids: familyOf(child.pid ?? 0) },
  }
}

export async function warmUp(running: Contenders, share = 1): Promise<void> {
  for (const [contender, seconds] of Object.entries(WARM_UP) as [Contender, Record<Answer, number>][]) {
    const one: Running | undefined = running[contender]
    for (const answer of ANSWERS)
      if (one) await one.load(answer, Math.max(1, Math.round(seconds[answer] * share)))
  }
}

export async function compareAll({
  rounds,
  seconds,
}: {
  rounds: number
  seconds: number
}): Promise<Omit<Results, 'others'>> {
  const { folder, bytes, upstream } = await startWorld()
  const { running, gateway, load } = await startContenders(folder, upstream, ['express', 'sdk'])
  say('warming up')
  await warmUp(running, rounds > 1 ? 1 : 0.1)
  const measured: Record<Answer, Round[]> = { job: [], images: [], types: [] }
  for (let nth = 0; nth < rounds; nth += 1) {
    say(`round ${nth + 1} of ${rounds}: ${takingPart('types', running).join(', ')}`)
    for (const answer of ANSWERS) measured[answer].push(await oneRound(answer, running, nth, seconds))
  }
  say('what the gateway adds to the time of a request')
  const latency = await addedLatency(gateway.port, upstream.port)
  say('slow readers')
  const fresh = await startGateway(folder, upstream.url)
  await load(fresh.url, 'job', 3)
  const readers = await slowReaders(fresh, bytes.servers)
  say('workers')
  const workers = await twoWorkers({ folder, upstream, one: gateway, load }, seconds)
  return {
    date: new Date().toISOString(),
    machine: machine(),
    versions: versions(),
    load: loadShown(),
    rounds,
    secondsEach: seconds,
    rows: ANSWERS.flatMap((answer) => rowsOf(answer, bytes[answer], measured[answer])),
    ratios: {
      job: ratiosOf(measured.job),
      images: ratiosOf(measured.images),
      types: ratiosOf(measured.types),
    },
    goals: [
      ...ANSWERS.flatMap((answer) => goalsOf(answer, measured[answer])),
      ...latency,
      ...readers,
      ...workers,
    ],
  }
}

export const say = (what: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${what}`)
