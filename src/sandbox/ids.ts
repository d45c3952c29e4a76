import { createHash } from 'node:crypto'
import type { Outside } from '../outside.ts'

/** Hex digits, always the same for the same text: seeded things keep their ids over restarts. */
export const stableHex = (text: string, length = 32): string =>
  createHash('sha256').update(`sandbox ${text}`).digest('hex').slice(0, length)

/** A UUID, always the same for the same text. */
export const stableUuid = (text: string): string => dashed(stableHex(text))

/** 32 hex digits, as request ids are. */
export const newHex = (outside: Outside): string => outside.uuid().replaceAll('-', '')

/** Job ids are 32 hex digits of which the first are the same for years. */
export const newJobId = (outside: Outside): string => `ff8080${newHex(outside).slice(6)}`

/** Letters and digits as in `r-a8mg9vwr`. */
export function newCode(outside: Outside, length: number): string {
  return Array.from({ length }, () => Math.floor(outside.random() * 36).toString(36)).join('')
}

/** As in `CS2007281506ABCDE`: the time, and something to tell orders of one minute apart. */
export const newOrderId = (outside: Outside): string =>
  `CS${new Date(outside.now()).toISOString().replace(/\D/g, '').slice(2, 12)}${newCode(outside, 5).toUpperCase()}`

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)

function dashed(hex: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20),
  ].join('-')
}
