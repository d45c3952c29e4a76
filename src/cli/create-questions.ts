import type { Client } from '../../packages/client/src/index.ts'
import { callOf } from './answer.ts'
import { type Params, regionOf } from './api-params.ts'
import type { CallName } from './api-row.ts'
import { type Given, textOf } from './command.ts'
import type { Connection } from './connection.ts'
import { volume } from './create-fields.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { inside, table } from './output/table.ts'
import { problemOf } from './problems.ts'
import { Stop } from './stop.ts'
import type { Catalog } from './text/en.ts'

/** What a create cannot do without. */
interface Question {
  readonly field: 'name' | 'imageId' | 'instanceType' | 'vpcId' | 'nics' | 'rootVolume'
  readonly flag: string
  readonly label: (text: Catalog) => string
  /** Where what there is to choose from is listed. */
  readonly choices?: {
    readonly operation: CallName
    readonly holds: string
    readonly columns: readonly string[]
  }
  readonly filled: (answer: string, house: House) => unknown
}

const questions: readonly Question[] = [
  { field: 'name', flag: 'name', label: (text) => text.ask.name, filled: plain },
  {
    field: 'imageId',
    flag: 'image',
    label: (text) => text.ask.imageId,
    choices: { operation: 'listImages', holds: 'images', columns: ['id', 'name'] },
    filled: plain,
  },
  {
    field: 'instanceType',
    flag: 'type',
    label: (text) => text.ask.instanceType,
    choices: { operation: 'listInstanceTypes', holds: 'flavors', columns: ['id', 'vcpus', 'ram'] },
    filled: plain,
  },
  {
    field: 'vpcId',
    flag: 'vpc',
    label: (text) => text.ask.vpcId,
    choices: { operation: 'listVpcs', holds: 'vpcs', columns: ['id', 'name', 'cidr'] },
    filled: plain,
  },
  {
    field: 'nics',
    flag: 'subnet',
    label: (text) => text.ask.subnet,
    choices: { operation: 'listSubnets', holds: 'subnets', columns: ['id', 'name', 'cidr'] },
    filled: (subnetId) => [{ subnetId }],
  },
  {
    field: 'rootVolume',
    flag: 'root-volume',
    label: (text) => text.ask.rootVolume,
    filled: (said, house) => volume(said, 'root-volume', house),
  },
]

function plain(answer: string): string {
  return answer
}

const missingIn = (fields: Params) =>
  fields.server === undefined ? questions.filter(({ field }) => fields[field] === undefined) : []

/** The region, and whether the rest is there or can be asked for. Fails with {@link Stop}. */
export async function begunWith(fields: Params, given: Given, house: House): Promise<Params> {
  const { terminal, text, usual } = house
  const missing = missingIn(fields).map(({ flag }) => `--${flag}`)
  if (!terminal.asks && missing.length > 0)
    throw new Stop(CODES.usage, text.given.missingFlag(missing.join(', ')))
  const isSaid = textOf(given, 'region') !== undefined || usual.region !== undefined
  const inFile = !isSaid && fields.regionId !== undefined
  const regionId = inFile
    ? fields.regionId
    : isSaid || !terminal.asks
      ? regionOf(given, house)
      : await line(`${text.ask.region}: `, house)
  const projectId = textOf(given, 'project-id')
  return { ...fields, regionId, ...(projectId === undefined ? {} : { projectId }) }
}

/** All fields, those that are missing asked for one after the other. Fails with {@link Stop}. */
export async function askedFor(
  begun: Params,
  given: Given,
  connection: Connection,
  house: House,
): Promise<Params> {
  let all = begun
  try {
    for (const question of missingIn(begun))
      all = { ...all, [question.field]: await answerTo(question, all, connection, house) }
  } catch (thrown) {
    throw problemOf(thrown, 'instances create', false, house.text)
  }
  if (!given.flags['ask-password']) return all
  return { ...all, adminPassword: await line(`${house.text.ask.password}: `, house, true) }
}

const MOST_SHOWN = 20

async function answerTo(
  question: Question,
  all: Params,
  { client }: Connection,
  house: House,
): Promise<unknown> {
  const label = question.label(house.text)
  const items = await choicesOf(question, all, client)
  if (items.length === 0) return question.filled(await line(`${label}: `, house), house)
  const shown = items.slice(0, MOST_SHOWN).map((item, at) => Object.assign({ number: at + 1 }, item))
  const columns = ['number', ...(question.choices?.columns ?? [])]
  house.terminal.err(
    table(
      shown,
      columns.map((name) => [name === 'number' ? '' : name.toUpperCase(), name]),
    ),
  )
  const said = await line(`${label} (${house.text.ask.number(shown.length)}): `, house)
  const chosen = /^\d{1,2}$/.test(said) ? inside(shown[Number(said) - 1], 'id') : undefined
  return question.filled(typeof chosen === 'string' ? chosen : said, house)
}

async function choicesOf(
  { choices }: Question,
  { regionId, vpcId }: Params,
  client: Client,
): Promise<object[]> {
  if (!choices) return []
  const value = await callOf(client, choices.operation)(
    { regionId, ...(choices.operation === 'listSubnets' ? { vpc_id: vpcId } : {}) },
    { signal: new AbortController().signal },
  )
  const items = inside(value, choices.holds)
  return Array.isArray(items) ? items : []
}

/** What was typed; nobody there any more is a no. */
async function line(question: string, { terminal, text }: House, isSecret = false): Promise<string> {
  const said = await terminal.ask(question, isSecret)
  if (said === undefined || said.trim() === '') throw new Stop(CODES.refused, text.confirm.no)
  return isSecret ? said : said.trim()
}
