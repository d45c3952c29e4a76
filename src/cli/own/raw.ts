import { readFileSync } from 'node:fs'
import { pairsOf, regionOf } from '../api-params.ts'
import { type Command, type Given, type Parts, textOf } from '../command.ts'
import { connect } from '../connection.ts'
import { CODES } from '../exit-codes.ts'
import type { House } from '../house.ts'
import { interruptedCall } from '../interrupted-call.ts'
import { problemOf } from '../problems.ts'
import { connectionFlags, oneRegion, projectId } from '../shared-flags.ts'
import { Stop } from '../stop.ts'

export const raw: Command = {
  path: ['raw'],
  summary: (text) => text.commands.raw,
  parts: async (): Promise<Parts> => ({
    words: '<method> <service> <path>',
    flags: [
      oneRegion,
      projectId,
      { name: 'parameter', value: 'name=value', isMany: true, help: (text) => text.flags.parameter },
      { name: 'data', value: 'text', help: (text) => text.flags.data },
      ...connectionFlags,
    ],
    run,
  }),
}

/** Status and bytes are those of Huawei Cloud: a refusal's body goes to stdout, too. */
async function run(given: Given, house: House): Promise<number> {
  const { text, terminal } = house
  const [method = '', service = '', path = ''] = given.words
  const query = pairsOf(given, 'parameter', text)
  const regionId = regionOf(given, house)
  const body = await bodyOf(textOf(given, 'data'), house)
  const isWrite = method.toUpperCase() !== 'GET'
  const signal = terminal.interrupted()
  const connection = await connect(given, house)
  try {
    const answer = await connection.client.raw(method, service, path, {
      regionId,
      projectId: textOf(given, 'project-id') ?? connection.projectId,
      query,
      signal,
      ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
    })
    await terminal.out(new Uint8Array(await answer.arrayBuffer()))
    return codeOf(answer.status)
  } catch (thrown) {
    if (signal.aborted) throw interruptedCall(isWrite, text)
    throw problemOf(thrown, 'raw', isWrite, text)
  } finally {
    await connection.close()
  }
}

function codeOf(status: number): number {
  if (status < 400) return CODES.done
  if (status === 404) return CODES.notFound
  return status >= 500 || status === 429 ? CODES.unreachable : CODES.refused
}

async function bodyOf(said: string | undefined, { terminal, text }: House): Promise<string | undefined> {
  if (!said?.startsWith('@')) return said
  const file = said.slice(1)
  if (file === '-') return terminal.input()
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Stop(CODES.usage, text.file.unreadable(file, String(Reflect.get(Object(error), 'code'))))
  }
}
