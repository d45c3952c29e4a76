/** Text of a flag or variable to a value; undefined when it makes no sense. */
export function onOff(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  if (['on', 'true', '1', 'yes'].includes(word)) return true
  return ['off', 'false', '0', 'no'].includes(word) ? false : undefined
}

export function ports(text: string): number[] | undefined {
  const parts = text.split(',').map((part) => part.trim())
  return parts.every((part) => /^\d{1,5}$/.test(part)) ? parts.map(Number) : undefined
}

export const seconds = (text: string): number | undefined =>
  /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : undefined

export const count = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined

/** A number, or as many as there are processors. */
export const countOrAuto = (text: string): number | 'auto' | undefined =>
  text.trim().toLowerCase() === 'auto' ? 'auto' : count(text)

export function hosts(text: string): string[] | undefined {
  const names = listed(text)
  return names.every((name) => /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/.test(name)) ? names : undefined
}

export function origins(text: string): string[] | undefined {
  const names = listed(text)
  return names.every((name) => /^https?:\/\//.test(name) && url(name) === name) ? names : undefined
}

/** A base URL: scheme, host and port, nothing else. */
export function url(text: string): string | undefined {
  const parsed = URL.parse(text.trim())
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined
  const isBare =
    parsed.pathname === '/' && !parsed.search && !parsed.hash && !parsed.username && !parsed.password
  return isBare ? parsed.origin : undefined
}

/** Where a proxy listens; a user and password may stand in it. */
export function proxy(text: string): string | undefined {
  const parsed = URL.parse(text.trim())
  return parsed && /^https?:$/.test(parsed.protocol) ? text.trim() : undefined
}

const listed = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
