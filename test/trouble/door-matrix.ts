/** What a browser, or something that claims to be one, says of itself. Undefined: the header is not there. */
export interface Said {
  readonly host: string
  readonly origin: string | undefined
  readonly site: string | undefined
  readonly mode: string | undefined
  readonly dest: string | undefined
  readonly type: string | undefined
  readonly method: string
}

export type Kind = 'api' | 'raw' | 'page' | 'probe'

type Choices = { readonly [Name in keyof Said]: readonly Said[Name][] }

/** Every one of these with every other. */
export function combinations(choices: Choices): Said[] {
  return Object.entries(choices).reduce<object[]>(
    (made, [name, values]) =>
      made.flatMap((one) => values.map((value: unknown) => ({ ...one, [name]: value }))),
    [{}],
  ) as Said[]
}

/**
 * The rule in its own words, for a server at `own` that no other site may call: who is turned away, and by what.
 * Undefined: nobody turns it away for where it comes from.
 */
export function verdict(said: Said, own: string, kind: Kind): string | undefined {
  // A probe may come under any name, since a supervisor calls by address.
  if (kind !== 'probe' && said.host !== own) return 'HOST_NOT_ALLOWED'
  // Another page, another port, another scheme, a sandboxed frame.
  if (said.origin !== undefined && said.origin !== `http://${own}`) return 'ORIGIN_NOT_ALLOWED'
  // No browser speaks, or an old one.
  if (said.site === undefined && said.mode === undefined) return undefined
  // Somebody followed a link to a page, or typed its address.
  const follows = said.mode === 'navigate' && said.dest === 'document' && said.method === 'GET'
  if (kind === 'page' && follows) return undefined
  if (said.site === 'cross-site' || said.site === 'same-site') return 'ORIGIN_NOT_ALLOWED'
  // An image, a style or a form: of our pages, their own only.
  if (said.mode === 'no-cors' && kind !== 'page') return 'ORIGIN_NOT_ALLOWED'
  return undefined
}

export function headersOf({ host, origin, site, mode, dest, type }: Said): Record<string, string> {
  const all = {
    host,
    origin,
    'sec-fetch-site': site,
    'sec-fetch-mode': mode,
    'sec-fetch-dest': dest,
    'content-type': type,
  }
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
