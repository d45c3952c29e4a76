import { HuaweiCloudApiError } from '../../../packages/client/src/index.ts'
import { placeOf } from '../../../packages/client/src/raw.ts'
import { refusal } from '../../../packages/client/src/refusal.ts'
import { pairsOf, regionOf } from '../api-params.ts'
import { type Command, type Given, type Parts, textOf } from '../command.ts'
import { connect } from '../connection.ts'
import { CODES } from '../exit-codes.ts'
import type { House } from '../house.ts'
import { interruptedCall } from '../interrupted-call.ts'
import { problemOf } from '../problems.ts'
import { connectionFlags, oneRegion, projectId } from '../shared-flags.ts'
import { Stop } from '../stop.ts'
import type { Catalog } from '../text/en.ts'
import { textInFileOrInput } from '../text-file.ts'

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
  if (!isPlace(service, path)) throw new Stop(CODES.usage, text.given.badPath)
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
    const bytes = await answer.arrayBuffer()
    await terminal.out(new Uint8Array(bytes))
    if (answer.status < 400) return CODES.done
    if (terminal.shows) terminal.err('\n')
    throw refusedBy(answer, bytes, isWrite, text)
  } catch (thrown) {
    if (signal.aborted) throw interruptedCall(isWrite, text)
    throw problemOf(thrown, 'raw', isWrite, text)
  } finally {
    await connection.close()
  }
}

/** Whoever refused it, what was said is on stdout: of that which is not ours nothing is told a second time. */
function refusedBy(
  answer: Response,
  bytes: ArrayBuffer,
  isWrite: boolean,
  { problems }: Catalog,
): HuaweiCloudApiError {
  const told = refusal(answer, new TextDecoder().decode(bytes), { mayRunTwice: !isWrite, now: Date.now() })
  const message = told.domain === undefined ? problems.saidAbove(answer.status) : told.message
  return new HuaweiCloudApiError({ ...told, message })
}

/** Whether the client can go there; a `?` would be taken for a part of a name. */
function isPlace(service: string, path: string): boolean {
  try {
    placeOf(service, path)
    return !/[?#]/.test(path)
  } catch {
    return false
  }
}

const bodyOf = async (said: string | undefined, house: House): Promise<string | undefined> =>
  said?.startsWith('@') ? textInFileOrInput(said.slice(1), house) : said
