import { expect, onTestFinished } from 'vitest'
import { outside } from '../../src/outside.ts'
import { entriesAfter } from '../../src/sandbox/events.ts'
import { type Entry, openSandbox } from '../../src/sandbox/index.ts'
import { readingOf } from '../../src/sandbox/servers.ts'
import { sandboxKeys } from '../helpers/examples.ts'
import { ask, errorOf, type Got, send, startHouse } from '../helpers/house.ts'
import { startWire } from './once-wire.ts'

const SEED = process.env.ONCE_SEED ?? '20261125'

const REGION = 'cn-east-2'

/** What there is at first: so many servers of each name, those that are to be started stopped. */
export type Stock = Readonly<Record<string, number>>

export const IMAGE = '88faab67-9e31-48d9-8027-f8a025da94de'
export const FLAVOR = 's6.small.1'

/** Of the requests, three in ten are cut: by the sandbox's own faults or by the wire, each as often as the other. */
const CUT = 0.3
const FAULTS = ['before', 'after'].flatMap((phase) =>
  ['hang-up', 'cut', 'garbage'].map((what) => ({ phase, do: what })),
)

export type World = Awaited<ReturnType<typeof startWorld>>

/** The whole house in front of a sandbox, with a wire between them that can be cut; calm until trouble begins. */
export async function startWorld(stock: Stock = {}) {
  const sandbox = await openSandbox({
    outside,
    pace: 'at-once',
    seed: {
      random: SEED,
      projects: {
        [REGION]: {
          vpcs: [{ name: 'once', cidr: '10.0.0.0/8' }],
          subnets: [{ name: 'once', vpc: 'once', cidr: '10.1.0.0/16', gateway: '10.1.0.1' }],
          servers: Object.entries(stock).map(([name, count]) => ({
            ...{ name, count, flavor: FLAVOR, image: IMAGE, subnet: 'once' },
            stopped: name === 'start',
          })),
        },
      },
    },
  })
  onTestFinished(() => sandbox.close())
  const { port } = await sandbox.listen()
  const wire = await startWire(port, SEED)
  const { url } = await startHouse({
    HUAWEICLOUD_ENDPOINT_URL: wire.url,
    HCA_BACKOFF_MOST: '0.01',
    HCA_BREAKER_OPEN_MOST: '0.01',
    HCA_LOG_LEVEL: 'warn',
  })
  const get = (path: string) => ask(`${url}${path}?regionId=${REGION}`, { headers: sandboxKeys })
  const control = (method: string, path: string, body?: unknown) => {
    const answer = sandbox.ask(method, path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  }
  const holdings = () => {
    const found = [...sandbox.world.state.holdings.values()].find(({ project }) => project.name === REGION)
    if (!found) throw new TypeError(`${REGION} has no project`)
    return found
  }

  const seen: Entry[] = []
  const jobs = new Map<string, Entry[]>()
  /** Everything that happened in the sandbox. */
  function log(): readonly Entry[] {
    const more = entriesAfter(sandbox.world.state, seen.at(-1)?.number ?? 0, Number.POSITIVE_INFINITY)
    seen.push(...more)
    for (const entry of more)
      if (entry.kind === 'job')
        for (const id of entry.targets ?? []) jobs.set(id, [...(jobs.get(id) ?? []), entry])
    return seen
  }

  return {
    wire,
    holdings,
    /** As Huawei Cloud words it, or `gone`. */
    stateOf(id: string): string {
      const server = holdings().servers.get(id)
      return server ? readingOf(server, 1).status : 'gone'
    },
    /** What was begun for a server, and ended at once. */
    jobsOf(id: string): readonly Entry[] {
      log()
      return jobs.get(id) ?? []
    },
    /** What arrived at the sandbox of an operation, by its log. */
    arrived: (operation: string) =>
      log().filter((entry) => entry.kind === 'request' && entry.operation === operation),
    /** Which part of the writes something happened to; `arrived` are those that the sandbox got. */
    share(arrived: readonly Entry[]): number {
      const { writes, cuts } = wire.tally()
      const struck = arrived.filter(({ fault }) => fault).length
      return (struck + Object.values(cuts).reduce((sum, count) => sum + count, 0)) / writes
    },
    begin() {
      const half = 1 - Math.sqrt(1 - CUT)
      wire.cut(half)
      // Each strikes what those before have left.
      const chance = 1 - (1 - half) ** (1 / FAULTS.length)
      for (const fault of FAULTS) control('POST', 'faults', { on: '*', chance, ...fault })
    },
    /** Asks once more in calm: what is still on its way arrives before. */
    async end() {
      control('DELETE', 'faults')
      wire.cut(0)
      await untilAnswered(
        () => get('/api/availability-zones'),
        ({ status }) => status === 200,
      )
    },
    get,
    send: (method: string, path: string, fields: object, headers: Record<string, string> = {}) =>
      send(method, `${url}${path}`, { regionId: REGION, ...fields }, { ...sandboxKeys, ...headers }),
  }
}

/** What a caller is told of a write. */
export type Told =
  | 'done'
  /** By Huawei Cloud, which has seen it and not done it. */
  | 'refused'
  | 'not-sent'
  | 'unknown'

const NOT_SENT = ['UPSTREAM_UNREACHABLE', 'UPSTREAM_BREAKER_OPEN', 'OVERLOADED']

export function told(got: Got): Told {
  if (got.status === 200) return 'done'
  const { status, reason, domain, metadata } = errorOf(got)
  if (domain !== 'huawei-cloud-api') return 'refused'
  if (reason === 'UPSTREAM_OUTCOME_UNKNOWN') {
    expect([got.status, status]).toEqual([502, 'UNKNOWN'])
    return 'unknown'
  }
  // Without a project to send it to, a write has not been sent, whatever became of the question for it.
  if (metadata.service !== 'iam') expect(NOT_SENT).toContain(reason)
  return 'not-sent'
}

const LANES = 8

/** Does the work for each, so many at a time. */
export async function inLanes<Item>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries()
  const lane = async () => {
    for (const [at, item] of queue) await work(item, at)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

/** Asks again and again, as a caller would who wants to know. */
export async function untilAnswered(ask: () => Promise<Got>, isAnswer: (got: Got) => boolean): Promise<Got> {
  for (let asked = 1; ; asked += 1) {
    const got = await ask()
    if (isAnswer(got)) return got
    expect(asked, got.text).toBeLessThan(100)
  }
}
