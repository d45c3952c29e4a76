import type { Client } from '../../packages/client/src/index.ts'
import { callOf } from './answer.ts'
import { type Params, regionOf } from './api-params.ts'
import { type Given, textOf } from './command.ts'
import type { Connection } from './connection.ts'
import { type Question, questions } from './create-needs.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { inside, table } from './output/table.ts'
import { problemOf } from './problems.ts'
import { Stop } from './stop.ts'

const missingIn = (fields: Params) =>
  fields.server === undefined ? questions.filter(({ field }) => fields[field] === undefined) : []

/** The region, and whether the rest is there or can be asked for. Fails with {@link Stop}. */
export async function begunWith(fields: Params, given: Given, house: House): Promise<Params> {
  const { terminal, text, usual } = house
  const missing = missingIn(fields).map(({ flag }) => `--${flag}`)
  const mayAsk = terminal.asks && !given.flags.yes
  if (!mayAsk && missing.length > 0) throw new Stop(CODES.usage, text.given.missingFlag(missing.join(', ')))
  const isSaid = textOf(given, 'region') !== undefined || usual.region !== undefined
  const ofFile = fields.regionId ?? fields.region
  const regionId =
    !isSaid && ofFile !== undefined
      ? ofFile
      : isSaid || !mayAsk
        ? regionOf(given, house)
        : await line(`${text.ask.region}: `, house)
  const projectId = textOf(given, 'project-id')
  const { region: _, ...rest } = fields
  return { ...rest, regionId, ...(projectId === undefined ? {} : { projectId }) }
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
