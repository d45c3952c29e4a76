import type { Command, Given, Parts } from '../command.ts'
import { CODES } from '../exit-codes.ts'
import type { House } from '../house.ts'
import { profileOf } from '../keys.ts'
import { printer } from '../output/print.ts'
import { language, outputFlags, profile } from '../shared-flags.ts'
import { Stop } from '../stop.ts'

export const profileCommands: readonly Command[] = [
  {
    path: ['profile', 'list'],
    isUsual: true,
    summary: (text) => text.commands.profiles,
    parts: async (): Promise<Parts> => ({ flags: [...outputFlags, profile, language], run: list }),
  },
  {
    path: ['profile', 'show'],
    summary: (text) => text.commands.profileShow,
    parts: async (): Promise<Parts> => ({
      words: '[name]',
      flags: [...outputFlags, profile, language],
      run: show,
    }),
  },
  {
    path: ['profile', 'use'],
    summary: (text) => text.commands.profileUse,
    parts: async (): Promise<Parts> => ({ words: '<name>', flags: [language], run: use }),
  },
]

async function list(given: Given, house: House): Promise<number> {
  const print = await printer(given, house)
  const used = profileOf(given, house)
  const profiles = house.profiles.names().map((name) => ({ name, used: name === used }))
  await print(profiles, undefined, [
    ['PROFILE', 'name'],
    ['USED', 'used'],
  ])
  return CODES.done
}

async function show(given: Given, house: House): Promise<number> {
  const print = await printer(given, house)
  const name = given.words[0] ?? profileOf(given, house)
  const found = await house.profiles.find(name)
  if ('missing' in found)
    throw new Stop(CODES.notFound, house.text.keys.missing, house.text.keys.lookedFor(found.missing))
  const { accessKey, securityToken, projectId } = found.keys
  await print(
    {
      profile: name,
      accessKey: masked(accessKey),
      temporary: securityToken !== undefined,
      ...(projectId === undefined ? {} : { projectId }),
    },
    undefined,
    [],
  )
  return CODES.done
}

async function use(given: Given, house: House): Promise<number> {
  const { profiles, terminal, text } = house
  const [name = ''] = given.words
  if (!profiles.names().includes(name))
    throw new Stop(CODES.notFound, text.profile.unknown(name), profiles.names().join(', '))
  profiles.choose(name)
  terminal.err(`${text.profile.used(name)}\n`)
  return CODES.done
}

/** As everywhere in this program. */
const masked = (key: string) => (key.length < 10 ? '***' : `${key.slice(0, 4)}…${key.slice(-2)}`)
