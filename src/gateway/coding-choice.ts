import { CODINGS, type Coding, isCoding } from './codings.ts'

export interface CodingChoice {
  /** Undefined: as it is. */
  readonly coding: Coding | undefined
  /** The caller does not take it as it is, however short it may be. */
  readonly always: boolean
}

const MEMBER = /^\s*([\w!#$%&'*+.^`|~-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i

/**
 * Of the codings we have the one the caller likes best (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3), of
 * equals our own first. Where he takes nothing that we have he gets it as it is, which everybody can read.
 */
export function codingFor(accepted: string | undefined, ours: readonly Coding[] = CODINGS): CodingChoice {
  const weights = weightsIn(accepted)
  // Whoever takes anything may still not know the younger ones.
  const weightOf = (name: Coding) =>
    weights.get(name) ?? (name === 'gzip' ? weights.get('*') : undefined) ?? 0
  const [best] = ours.toSorted((a, b) => weightOf(b) - weightOf(a))
  const weight = best ? weightOf(best) : 0
  const plain = weights.get('identity') ?? (weights.get('*') === 0 ? 0 : undefined)
  if (weight === 0 || (plain ?? 0) > weight) return { coding: undefined, always: false }
  return { coding: best, always: plain === 0 }
}

/** By name; `x-gzip` is gzip. What cannot be read is passed over. */
function weightsIn(accepted = ''): Map<string, number> {
  const weights = new Map<string, number>()
  for (const member of accepted.split(',')) {
    const [, name = '', weight = '1'] = MEMBER.exec(member) ?? []
    const known = name.toLowerCase().replace(/^x-(?=gzip$)/, '')
    if (known === '*' || known === 'identity' || isCoding(known)) weights.set(known, Number(weight))
  }
  return weights
}
