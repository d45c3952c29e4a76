import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Fault {
  path: string
  wanted: string
  got: string
}

export interface Judgement {
  faults: Fault[]
  /** `Class.field` of every field of every class that an answer touched, and of those that came. */
  typed: string[]
  came: string[]
}

/** The fields of a model class by their names on the wire; undefined for what is no class, such as an enum. */
export type WireTypes = (className: string) => ReadonlyMap<string, string> | undefined

/** Reads the declarations (`model/*.d.ts`) that the Node SDKs bring along. */
export function wireTypes(folder: string): WireTypes {
  const known = new Map<string, ReadonlyMap<string, string> | undefined>()
  return (name) => {
    if (!known.has(name)) {
      const file = join(folder, 'model', `${name}.d.ts`)
      known.set(name, existsSync(file) ? readFields(readFileSync(file, 'utf8'), name) : undefined)
    }
    return known.get(name)
  }
}

/**
 * A field whose name is no identifier is declared as `private 'key_name'?;` without a type, which stands at
 * its accessor: `get keyName(): string | undefined;`.
 */
function readFields(source: string, name: string): ReadonlyMap<string, string> | undefined {
  const body = new RegExp(`export declare class ${name}\\b[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1]
  if (body === undefined) return undefined
  const fields = new Map<string, string>()
  const unnamed: string[] = []
  const accessors = new Map<string, string>()
  for (const statement of statementsOf(body)) {
    const hidden = /^private (?:'([^']+)'|(\w+))\??$/.exec(statement)
    if (hidden) unnamed.push(hidden[1] ?? hidden[2] ?? '')
    const open = /^(?:'([^']+)'|(\w+))\??: ?(.+)$/.exec(statement)
    if (open?.[3]) fields.set(open[1] ?? open[2] ?? '', open[3])
    const accessor = /^get (\w+)\(\): ?(.+)$/.exec(statement)
    if (accessor?.[1] && accessor[2]) accessors.set(plain(accessor[1]), accessor[2])
  }
  for (const wire of unnamed) {
    const type = accessors.get(plain(wire))
    if (type === undefined) throw new Error(`no accessor for ${name}.${wire}`)
    fields.set(wire, type)
  }
  return fields
}

const plain = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase()

function statementsOf(body: string): string[] {
  return split(body.replace(/\s+/g, ' '), ';').map((statement) => statement.trim())
}

/** At the top level only, not within brackets of any kind. */
function split(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if ('<({['.includes(sign)) depth++
    if ('>)}]'.includes(sign)) depth--
    if (depth === 0 && sign === separator) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)]
}

/** Where a value is not what its class says. What is null or absent was not sent and is not wrong. */
export function typeFaults(types: WireTypes, className: string, value: unknown): Judgement {
  const faults: Fault[] = []
  const typed = new Set<string>()
  const came = new Set<string>()
  check(value, className, '')
  return { faults, typed: [...typed], came: [...came] }

  function check(value: unknown, type: string, path: string): void {
    if (value === null || value === undefined) return
    const alternatives = split(type, '|')
      .map((each) => each.trim())
      .filter((each) => each !== 'undefined')
    if (alternatives.length > 1) checkUnion(value, alternatives, path)
    else checkOne(value, alternatives[0] ?? 'any', path)
  }

  function checkOne(value: unknown, one: string, path: string): void {
    const listed = /^Array<(.+)>$/.exec(one)?.[1]
    const mapped = /^\{ \[key: string\]: (.+?);? \}$/.exec(one)?.[1]
    const fields = types(one)
    if (listed !== undefined) {
      if (!Array.isArray(value)) wrong(value, one, path)
      else value.forEach((each, at) => void check(each, listed, `${path}[${at}]`))
    } else if (mapped !== undefined) {
      if (!isRecord(value)) wrong(value, one, path)
      else for (const [key, each] of Object.entries(value)) check(each, mapped, `${path}.${key}`)
    } else if (fields) {
      if (!isRecord(value)) wrong(value, one, path)
      else checkFields(value, one, fields, path)
    } else if (!isPrimitive(value, one)) wrong(value, one, path)
  }

  function checkFields(
    value: Record<string, unknown>,
    name: string,
    fields: ReadonlyMap<string, string>,
    path: string,
  ): void {
    for (const [field, type] of fields) {
      typed.add(`${name}.${field}`)
      if (value[field] !== undefined && value[field] !== null) came.add(`${name}.${field}`)
      check(value[field], type, path === '' ? field : `${path}.${field}`)
    }
  }

  function checkUnion(value: unknown, alternatives: string[], path: string): void {
    const judgements = alternatives.map((each) => typeFaults(types, each, value))
    const fits = judgements.findIndex(({ faults }) => faults.length === 0)
    if (fits < 0) wrong(value, alternatives.join(' | '), path)
    else check(value, alternatives[fits] ?? 'any', path)
  }

  function wrong(value: unknown, wanted: string, path: string): void {
    const got = Array.isArray(value) ? 'array' : typeof value
    faults.push({ path, wanted, got: `${got} ${JSON.stringify(value)?.slice(0, 80)}` })
  }
}

function isPrimitive(value: unknown, type: string): boolean {
  switch (type) {
    case 'any':
      return true
    case 'object':
      return typeof value === 'object'
    case 'Date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type
    default:
      // An enum, whose members are texts or numbers.
      return typeof value === 'string' || typeof value === 'number'
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
