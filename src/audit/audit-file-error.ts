/** Why an audit file is of no use, as one clear line. */
export class AuditFileError extends Error {
  override readonly name = 'AuditFileError'
}

/** `ENOSPC` and the like: what a log may keep of an error of the file system. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : 'unknown error'
}

/** What may be said of anything that went wrong. */
export const whyOf = (error: unknown): string =>
  error instanceof AuditFileError ? error.message : codeOf(error)
