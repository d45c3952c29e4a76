import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { chanceFrom } from './chance.ts'
import { type Call, projectIn, send } from './test-client.ts'

const KILLS = Number(process.env.SANDBOX_KILLS ?? 25)
const WRITERS = 4
const MOST_SERVERS = 5

const project = projectIn('cn-east-2')
const chance = chanceFrom(process.env.SANDBOX_KILL_SEED ?? 'kill')

/** What one writer has been told, and what it asked for without hearing an answer. */
interface Belief {
  /** Name by id. */
  readonly alive: Map<string, string>
  readonly gone: Set<string>
  doubt?: { id?: string; name?: string }
}

async function startChild(file: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-kept-child.ts'), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const ended = once(child, 'close')
  const said = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)])
  if (!said) throw new Error(`the sandbox did not start: ${errors}`)
  const port = Number(String(said[0]))
  const ask = (call: Call) => send(port, { host: 'ecs.cn-east-2.myhuaweicloud.com', ...call }, Date.now())
  return {
    ask,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

type Child = Awaited<ReturnType<typeof startChild>>

/** Deletes, creates and renames until nobody answers any more. */
async function write(belief: Belief, child: Child, body: object, names: () => string): Promise<void> {
  const path = `/v1.1/${project}/cloudservers`
  try {
    for (;;) {
      while (belief.alive.size >= MOST_SERVERS) {
        const [oldest = ''] = belief.alive.keys()
        belief.doubt = { id: oldest }
        const where = `/v1/${project}/cloudservers/delete`
        const deleted = await child.ask({ method: 'POST', path: where, body: { servers: [{ id: oldest }] } })
        expect(deleted.status, deleted.text).toBe(200)
        belief.alive.delete(oldest)
        belief.gone.add(oldest)
      }
      const name = names()
      belief.doubt = { name }
      const created = await child.ask({ method: 'POST', path, body: { server: { ...body, name } } })
      expect(created.status, created.text).toBe(200)
      const id = created.body.serverIds[0] as string
      belief.alive.set(id, name)

      const newName = names()
      belief.doubt = { id, name: newName }
      const place = `/v1/${project}/cloudservers/${id}`
      const renamed = await child.ask({ method: 'PUT', path: place, body: { server: { name: newName } } })
      expect(renamed.status, renamed.text).toBe(200)
      belief.alive.set(id, newName)
    }
  } catch (error) {
    // A refusal would be a fault of the test; everything else is the kill.
    if (error instanceof Error && error.name === 'AssertionError') throw error
  }
}

async function check(belief: Belief, child: Child): Promise<void> {
  const { doubt } = belief
  for (const [id, name] of belief.alive) {
    const { status, body } = await child.ask({ path: `/v1/${project}/cloudservers/${id}` })
    if (status === 404 && doubt?.id === id && doubt.name === undefined) {
      belief.alive.delete(id)
      belief.gone.add(id)
      continue
    }
    expect(status, `server ${id} is lost`).toBe(200)
    const allowed = doubt?.id === id ? [name, doubt.name] : [name]
    expect(allowed).toContain(body.server.name)
    belief.alive.set(id, body.server.name)
  }
  for (const id of belief.gone)
    expect((await child.ask({ path: `/v1/${project}/cloudservers/${id}` })).status, `${id} is back`).toBe(404)
  belief.gone.clear()
}

/** What nobody was told of can only be what somebody was just asking for; it makes room again. */
async function sweep(beliefs: readonly Belief[], child: Child): Promise<void> {
  const { body } = await child.ask({ path: `/v1/${project}/cloudservers/detail`, query: [['limit', '1000']] })
  const known = new Set([
    'ins-r8hr2upy',
    'ins-5d8a23rs',
    ...beliefs.flatMap(({ alive }) => [...alive.keys()]),
  ])
  const strangers = (body.servers as { id: string; name: string }[]).filter(({ id }) => !known.has(id))
  const doubts = beliefs.map(({ doubt }) => doubt?.name)
  for (const { name } of strangers) expect(doubts).toContain(name)
  if (strangers.length === 0) return
  const servers = strangers.map(({ id }) => ({ id }))
  const path = `/v1/${project}/cloudservers/delete`
  expect((await child.ask({ method: 'POST', path, body: { servers } })).status).toBe(200)
}

test(
  `${KILLS} kills under writes lose nothing that was answered`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-kill-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'state.db')
    const beliefs = Array.from({ length: WRITERS }, (): Belief => ({ alive: new Map(), gone: new Set() }))
    let number = 0
    let answered = 0

    for (let round = 0; round <= KILLS; round++) {
      const child = await startChild(file)
      onTestFinished(() => child.kill())
      for (const belief of beliefs) await check(belief, child)
      await sweep(beliefs, child)
      if (round === KILLS) break

      const vpc = { host: 'vpc.cn-east-2.myhuaweicloud.com', path: `/v1/${project}/subnets` }
      const [subnet] = (await child.ask(vpc)).body.subnets
      const body = {
        imageRef: '88faab67-9e31-48d9-8027-f8a025da94de',
        flavorRef: 'ac6.12xlarge.2',
        vpcid: subnet.vpc_id,
        nics: [{ subnet_id: subnet.id }],
        root_volume: { volumetype: 'SATA', size: 60 },
      }
      const names = () => {
        answered += 1
        return `n${number++}`
      }
      const writing = Promise.allSettled(beliefs.map((belief) => write(belief, child, body, names)))
      await new Promise((resolve) => setTimeout(resolve, 5 + chance.random() * 150))
      await child.kill()
      for (const each of await writing) if (each.status === 'rejected') throw each.reason
    }
    expect(answered).toBeGreaterThan(KILLS * 4)
  },
  60_000 + KILLS * 4_000,
)
