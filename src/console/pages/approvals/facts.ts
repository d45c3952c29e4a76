import type { Approval } from '../../api/approvals.ts'

export interface Instance {
  readonly id: string
  readonly name: string
  readonly status: string
}

/** A fact by the name that the API has for it. */
export type Fact = readonly [name: string, value: string]

export interface Facts {
  /** Of a create there are none yet. */
  readonly instances: readonly Instance[]
  /** Everything else, so that nothing is approved unseen. */
  readonly rest: readonly Fact[]
}

export function factsOf({ shown }: Approval): Facts {
  const { instances, ...rest } = shown.facts
  const isList = Array.isArray(instances)
  return {
    instances: isList ? instances.map(instanceOf) : [],
    rest: flat(isList ? rest : shown.facts),
  }
}

const instanceOf = (one: unknown): Instance => {
  const { id, name, status } = Object(one)
  return { id: String(id ?? ''), name: String(name ?? ''), status: String(status ?? '') }
}

function flat(value: unknown, name = ''): Fact[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return [[name, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, Array.isArray(value) ? `${name}[${key}]` : name === '' ? key : `${name}.${key}`),
  )
}
