import type Type from 'typebox'
import Value from 'typebox/value'
import { CLI_VARIABLES } from './cli-variables.ts'
import { nearest } from './nearest.ts'
import { usualTokenFile } from './profile-places.ts'
import { answerRows } from './settings-answers.ts'
import { SettingsError } from './settings-error.ts'
import { limitRows } from './settings-limits.ts'
import { type Overrides, readOverrides } from './settings-overrides.ts'
import { policyRows } from './settings-policy.ts'
import type { Row } from './settings-row.ts'
import { servingRows } from './settings-serving.ts'

export { SettingsError }

export type Environment = Readonly<Record<string, string | undefined>>
export type Flags = Readonly<Record<string, string | undefined>>

/** Every setting, once: type, check, default, help text and docs/settings.md come from these rows. */
export const rows = { ...servingRows, ...policyRows, ...limitRows, ...answerRows } as const

type Rows = typeof rows
type Own = {
  readonly [Name in keyof Rows]:
    | Type.Static<Rows[Name]['schema']>
    | (Rows[Name] extends { default: unknown } ? never : undefined)
}

export type Settings = Own & {
  readonly sandbox: boolean
  /** From `HUAWEICLOUD_SDK_REGION_<SERVICE>_<REGION>`, keyed `service/region`. */
  readonly overrides: Overrides
}

/**
 * Reads all settings once, a flag before the environment, or throws with every complaint at once.
 * `otherwise` holds the defaults of a command that has its own.
 */
export function readSettings(flags: Flags, env: Environment, otherwise: Partial<Own> = {}): Settings {
  const faults: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, row] of Object.entries(rows) as [string, Row][]) {
    const source = sourceOf(row, flags, env)
    if (!source) {
      values[name] = Reflect.get(otherwise, name) ?? row.default
      continue
    }
    const value = row.read ? row.read(source.text) : source.text
    if (value !== undefined && Value.Check(row.schema, value)) values[name] = value
    else faults.push(`${source.name} must be ${Reflect.get(row.schema, 'description')}`)
  }
  const { overrides, faults: overrideFaults } = readOverrides(env)
  faults.push(...overrideFaults, ...unknownNames(env))
  if ((values.tlsCert === undefined) !== (values.tlsKey === undefined)) {
    faults.push('--tls-cert and --tls-key must be set together')
  }
  faults.push(...impatience(values))
  if (faults.length > 0) throw new SettingsError(faults)
  values.sandbox ??= isLoopback(String(values.host))
  values.tokenFile ??= usualTokenFile(env)
  return Object.freeze({ ...values, overrides }) as unknown as Settings
}

/** Who waits for an answer is silent, and must not be cut for it before it is there. */
function impatience({ timeoutSilent, ...others }: Record<string, unknown>): string[] {
  const longest = (['deadlineRead', 'deadlineWrite', 'regionDeadline'] as const).toSorted(
    (a, b) => Number(others[b]) - Number(others[a]),
  )[0]
  if (longest === undefined || !(Number(timeoutSilent) <= Number(others[longest]))) return []
  return [`${rows.timeoutSilent.env[0]} must be more than ${rows[longest].env[0]}`]
}

export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host)

function sourceOf(row: Row, flags: Flags, env: Environment): { name: string; text: string } | undefined {
  const flag = row.flag === undefined ? undefined : flags[row.flag]
  if (flag !== undefined) return { name: `--${row.flag}`, text: flag }
  const name = row.env.find((candidate) => env[candidate] !== undefined && env[candidate] !== '')
  return name === undefined ? undefined : { name, text: env[name] ?? '' }
}

/** A mistyped setting must not be silently without effect: somebody believes it is on. */
function unknownNames(env: Environment): string[] {
  const known = [...(Object.values(rows) as Row[]).flatMap((row) => row.env), ...Object.values(CLI_VARIABLES)]
  return Object.keys(env)
    .filter((name) => name.startsWith('HCA_') && !known.includes(name))
    .map((name) => {
      const [best] = nearest(name, known, 1)
      return `${name} is not a setting of this version${best ? `; did you mean ${best}?` : ''}`
    })
}
