import { isNoPart } from '../../packages/client/src/operation.ts'
import type { ApiRow, FieldFlag } from './api-row.ts'
import { type Given, textOf, textsOf } from './command.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { Stop } from './stop.ts'
import type { Catalog } from './text/en.ts'

export type Params = Readonly<Record<string, unknown>>

/** What a row's call is asked, of what stands on the line. Fails with {@link Stop}. */
export function paramsOf(row: ApiRow, given: Given, house: House): Params {
  const { text } = house
  const missing = (row.fields ?? []).filter(
    ({ name, isRequired }) => isRequired && given.flags[name] === undefined,
  )
  if (missing.length > 0)
    throw new Stop(CODES.usage, text.given.missingFlag(missing.map(({ name }) => `--${name}`).join(', ')))
  return {
    ...(row.isGlobal ? {} : { regionId: regionOf(given, house, row.isList === true) }),
    ...(textOf(given, 'project-id') === undefined ? {} : { projectId: textOf(given, 'project-id') }),
    ...wordOf(row, given, text),
    ...Object.fromEntries((row.fields ?? []).flatMap((flag) => fieldOf(flag, given))),
    ...(row.isList ? listParams(given, text) : {}),
  }
}

/** The region that was named, or several for a list; `*` for all. */
export function regionOf(given: Given, { text, usual }: House, maySeveral = false): string {
  const named = textOf(given, 'region') ?? usual.region
  if (!named) throw new Stop(CODES.usage, text.region.missing, text.region.missingNext)
  const region = named === 'all' ? '*' : named
  if (!maySeveral && /[*,]/.test(region)) throw new Stop(CODES.usage, text.region.onlyOne)
  return region
}

export const isSeveral = (region: unknown): boolean => /[*,]/.test(String(region))

function wordOf({ word }: ApiRow, { words }: Given, text: Catalog): Params {
  if (!word) return {}
  if (words.some(isNoPart)) throw new Stop(CODES.usage, text.given.badId)
  return { [word.field]: word.field === 'servers' ? words.map((id) => ({ id })) : words[0] }
}

function fieldOf({ name, field, value, sets }: FieldFlag, given: Given): [string, unknown][] {
  const said = given.flags[name]
  if (said === undefined) return []
  return [[field, value === undefined ? (sets ?? true) : said]]
}

const listParams = (given: Given, text: Catalog): Params => ({
  ...pairsOf(given, 'filter', text),
  ...(given.flags.all ? { all: true } : {}),
  ...(textOf(given, 'fields') === undefined ? {} : { fields: textOf(given, 'fields') }),
  ...(textOf(given, 'sort') === undefined ? {} : { sort: textOf(given, 'sort') }),
})

/** `NAME=VALUE`, given several times. */
export function pairsOf(given: Given, flag: string, text: Catalog): Record<string, string> {
  const pairs = textsOf(given, flag).map((one) => one.split(/=(.*)/s))
  if (pairs.some(([name, value]) => !name || value === undefined))
    throw new Stop(CODES.usage, text.given.badFilter(flag))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
}
