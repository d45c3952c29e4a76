import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { nearest } from '../nearest.ts'
import type { Violation } from './errors.ts'

/** The library stops at eight by default, and people fix faults one answer at a time. */
const MOST_FAULTS = 100
const LONGEST_NAME = 64
Settings.Set({ maxErrors: MOST_FAULTS })

export type Check = (value: unknown) => Violation[]

interface Fault {
  keyword: string
  schemaPath: string
  instancePath: string
  params: object
  message: string
}

interface Documented {
  enum?: readonly unknown[]
  description?: string
  properties?: Record<string, unknown>
}

/** Compiles a schema into a check that names every fault at once, and never a value. */
export function checkOf(schema: TSchema, alsoKnown: readonly string[] = []): Check {
  // Not before it is needed: sixty of them are a tenth of a command's time.
  let compiled: ReturnType<typeof Compile> | undefined
  return (value) => {
    compiled ??= Compile(schema)
    if (compiled.Check(value)) return []
    const faults: Fault[] = compiled.Errors(value)
    const violations = unique(faults.flatMap((fault) => violationsOf(fault, schema, alsoKnown)))
    // The check said no, whatever became of the faults in words.
    return violations.length > 0 ? violations : [{ field: 'body', description: 'is not as it must be' }]
  }
}

function violationsOf(fault: Fault, schema: TSchema, alsoKnown: readonly string[]): Violation[] {
  const { keyword, instancePath, params } = fault
  const within = (name: string) =>
    fieldName(`${instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  // A union tells the faults of all its members; what it wants as a whole stands in its description.
  const union = /^(.*?)\/anyOf\b/.exec(fault.schemaPath)
  if (keyword === 'anyOf' || union) {
    const path = union ? (union[1] ?? '#') : fault.schemaPath
    const depth = path.split('/').filter((step) => step === 'properties' || step === 'items').length
    const at = instancePath
      .split('/')
      .slice(0, depth + 1)
      .join('/')
    return [
      {
        field: fieldName(at),
        description: `must be ${schemaAt(schema, path)?.description ?? 'of another form'}`,
      },
    ]
  }
  if (keyword === 'required') {
    const { requiredProperties = [] } = params as { requiredProperties?: string[] }
    return requiredProperties.map((name) => ({ field: within(name), description: 'is required' }))
  }
  if (keyword === 'additionalProperties') return [] // told name by name:
  if (keyword === 'boolean') {
    const step = instancePath.lastIndexOf('/')
    const owner = fault.schemaPath.replace(/\/additionalProperties$/, '')
    const known = Object.keys(schemaAt(schema, owner)?.properties ?? {})
    const name = instancePath.slice(step + 1)
    return [
      {
        field: fieldName(instancePath.slice(0, step + 1 + LONGEST_NAME)),
        description: unknown(name, step === 0 ? [...known, ...alsoKnown] : known),
      },
    ]
  }
  const documented = schemaAt(schema, fault.schemaPath)
  if (keyword === 'enum' && documented?.enum) {
    return [{ field: fieldName(instancePath), description: `must be one of ${documented.enum.join(', ')}` }]
  }
  if (keyword === 'pattern' && documented?.description) {
    return [{ field: fieldName(instancePath), description: `must be ${documented.description}` }]
  }
  return [{ field: fieldName(instancePath), description: inWords(fault) }]
}

const TYPES: Record<string, string> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** What is wanted, in plain words where the library's are those of JSON Schema. */
function inWords({ keyword, params, message }: Fault): string {
  const { type, limit } = params as { type?: string; limit?: number }
  if (keyword === 'type' && type && TYPES[type]) return `must be ${TYPES[type]}`
  if (keyword === 'minLength') return 'must not be empty'
  if (keyword === 'minItems') return `must have at least ${limit} item${limit === 1 ? '' : 's'}`
  if (keyword === 'maxItems') return `must have at most ${limit} items`
  return message
}

/** "is not a known field", with the nearest one. */
export function unknown(name: string, known: Iterable<string>): string {
  const [best] = nearest(name, known, 1)
  return best ? `is not a known field; did you mean ${best}?` : 'is not a known field'
}

/** `/nics/0/subnetId` → `nics[0].subnetId`; the whole body is `body`. */
function fieldName(pointer: string): string {
  const steps = pointer.split('/').slice(1)
  const name = steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path ? `${path}.${step}` : step), '')
  return name || 'body'
}

function schemaAt(schema: TSchema, path: string): Documented | undefined {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
      schema,
    ) as Documented | undefined
}

function unique(violations: Violation[]): Violation[] {
  return [...new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values()]
}
