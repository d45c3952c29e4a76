import type { ApiRow } from './api-row.ts'
import type { Flag } from './flag.ts'
import { FORMS } from './output/written.ts'

const region: Flag = { name: 'region', value: 'ids', help: (text) => text.flags.region }
export const oneRegion: Flag = { name: 'region', value: 'id', help: (text) => text.flags.oneRegion }
export const projectId: Flag = { name: 'project-id', value: 'id', help: (text) => text.flags.projectId }

const listFlags: readonly Flag[] = [
  { name: 'all', help: (text) => text.flags.all },
  { name: 'fields', value: 'names', help: (text) => text.flags.fields },
  { name: 'sort', value: 'names', help: (text) => text.flags.sort },
  { name: 'filter', value: 'name=value', isMany: true, help: (text) => text.flags.filter },
]

export const outputFlags: readonly Flag[] = [
  { name: 'output', short: 'o', value: 'form', choices: FORMS, help: (text) => text.flags.output },
  { name: 'query', value: 'jmespath', help: (text) => text.flags.query },
]

export const language: Flag = {
  name: 'lang',
  value: 'language',
  choices: ['en', 'zh'],
  help: (text) => text.flags.language,
}

export const profile: Flag = { name: 'profile', value: 'name', help: (text) => text.flags.profile }

/** What every command takes that asks the cloud. */
export const connectionFlags: readonly Flag[] = [
  profile,
  { name: 'gateway', value: 'url', help: (text) => text.flags.gateway },
  { name: 'timeout', value: 'seconds', help: (text) => text.flags.timeout },
  {
    name: 'insecure-keys-on-command-line',
    value: 'ak:sk',
    help: (text) => text.flags.insecureKeys,
  },
  language,
]

export const wait: Flag = {
  name: 'wait',
  value: 'seconds',
  isOptional: true,
  help: (text) => text.flags.wait,
}
const dryRun: Flag = { name: 'dry-run', help: (text) => text.flags.dryRun }
export const yes: Flag = { name: 'yes', short: 'y', help: (text) => text.flags.yes }

/** All that a row's command takes. */
export const flagsOf = ({ fields = [], isList, isGlobal, hasJob, question, isWrite }: ApiRow): Flag[] => [
  ...(isGlobal ? [] : [isList ? region : oneRegion, projectId]),
  ...fields,
  ...(isList && !isGlobal ? listFlags : []),
  ...(hasJob ? [wait] : []),
  ...(isWrite ? [dryRun] : []),
  ...(question ? [yes] : []),
  ...outputFlags,
  ...connectionFlags,
]
