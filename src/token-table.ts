import type { TokenRow } from './vault/token-store.ts'

export const TOKEN_HEADINGS = ['ID', 'NAME', 'PROFILE', 'SCOPES', 'REGIONS', 'CREATED', 'EXPIRES', 'STATE']

/** A token for people, a cell for each heading. */
export const tokenCells = (row: TokenRow, now: number): string[] => [
  row.id,
  row.name ?? '-',
  row.profile,
  row.scopes.join(','),
  row.regions?.join(',') ?? 'all',
  minute(row.created),
  row.expires === undefined ? 'never' : minute(row.expires),
  stateOf(row, now),
]

/** The same for programs. The hash stays where it is. */
export const tokenJson = (row: TokenRow, now: number) => ({
  id: row.id,
  name: row.name ?? null,
  profile: row.profile,
  scopes: row.scopes,
  regions: row.regions ?? null,
  created: iso(row.created),
  expires: row.expires === undefined ? null : iso(row.expires),
  revoked: row.revoked === undefined ? null : iso(row.revoked),
  state: stateOf(row, now),
})

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  return lines
    .map(
      (cells) =>
        `${cells
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

function stateOf({ revoked, expires }: TokenRow, now: number): 'valid' | 'expired' | 'revoked' {
  if (revoked !== undefined) return 'revoked'
  return expires !== undefined && expires <= now ? 'expired' : 'valid'
}

const iso = (time: number) => new Date(time).toISOString()

/** UTC. */
const minute = (time: number) => iso(time).slice(0, 16).replace('T', ' ')
