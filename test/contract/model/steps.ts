import fc from 'fast-check'
import { expect } from 'vitest'
import type { Call, Heard } from '../wire.ts'
import { type Fate, JOB_MS, type Model, type Real, type TaskKind } from './model.ts'

export type Command = fc.AsyncCommand<Model, Real>

type Run = (model: Model, real: Real) => Promise<void>

/** Whatever was asked, what is seen afterwards must be possible and what we believe. */
export function command(title: string, run: Run): Command {
  return {
    check: () => true,
    async run(model, real) {
      real.doing = title.split(' ', 1)[0] ?? ''
      await run(model, real)
      model.agreesWith(await real.look())
    },
    toString: () => title,
  }
}

export const nth = <T>(rows: readonly T[], at: number): T | undefined => rows[at % Math.max(rows.length, 1)]

/** Mostly one for which what is asked makes sense, so that stories get somewhere. */
export function likely<T>(rows: readonly T[], makesSense: (row: T) => boolean, at: number): T | undefined {
  const sensible = rows.filter(makesSense)
  return nth(at < 6 && sensible.length > 0 ? sensible : rows, at)
}

/** How many NICs each takes: `free_nic` of the user's document and of the wire page's sample. */
export const nicsOf: Record<string, number> = { 'ac6.12xlarge.2': 8, 's6.large.2': 2 }

export const flavors = Object.keys(nicsOf)

export const which = fc.nat(7)

export function remember(model: Model, service: string, { status, body }: Heard): void {
  if (status < 300 && body?.job_id) model.jobs.push({ id: body.job_id, service })
}

export const ecs = (path: string, body: object, method = 'POST'): Call => ({
  service: 'ecs',
  method,
  path: `/v1/{p}/cloudservers${path}`,
  body,
})

const tasks: Record<TaskKind, RegExp> = {
  create: /./,
  start: /^powering-on$/,
  stop: /^powering-off$/,
  reboot: /^reboot/,
  delete: /^deleting$/,
  resize: /^resize_/,
  changeOs: /^rebuil/,
  migrate: /^(migrating|resize_)/,
}

/** What cannot be without a system disk. */
const starting: readonly TaskKind[] = ['start', 'reboot', 'changeOs']

function hasRoot(real: Real, id: string): boolean {
  const server = real.seen.servers.find((each) => each.id === id)
  const volumes: { bootIndex: string }[] = server?.['os-extended-volumes:volumes_attached'] ?? []
  return volumes.some(({ bootIndex }) => bootIndex === '0')
}

/** Asks for something that a server in the right state must begin and one in the wrong must not. */
export async function attempt(
  model: Model,
  real: Real,
  id: string,
  kind: TaskKind,
  legal: boolean,
  call: Call,
  more: { flavor?: string; fate?: Fate } = {},
): Promise<void> {
  const known = model.servers.get(id)
  const isNova = call.path.startsWith('/v2.1/')
  const couldStart = !starting.includes(kind) || hasRoot(real, id)
  const heard = await real.ask(call)
  remember(model, 'ecs', heard)
  if (!known || (known.task && !(isNova && kind === 'delete' && known.task.kind === 'create'))) return
  const now = (await real.look()).servers.find((server) => server.id === id)
  const began = tasks[kind].test(now?.['OS-EXT-STS:task_state'] ?? '')
  if (real.now >= known.maybeBusyUntil)
    expect(`${kind} of ${known.vm}: ${began}`, heard.text).toBe(
      `${kind} of ${known.vm}: ${legal && couldStart}`,
    )
  // What leaves the server while it is being deleted may or may not go with it.
  const { fate, ...rest } = more
  const told = real.now >= known.maybeBusyUntil && fate ? { fate } : {}
  if (began) model.begin(id, { kind, until: real.now + JOB_MS, ...rest, ...told })
}

/** Something about a server's disks or NICs, which may or may not be in the way of other things. */
export async function around(model: Model, real: Real, id: string, call: Call): Promise<void> {
  const heard = await real.ask(call)
  remember(model, 'ecs', heard)
  const known = model.servers.get(id)
  if (known && heard.status === 200) known.maybeBusyUntil = real.now + JOB_MS
}
