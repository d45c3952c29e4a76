import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What must be known of a session, and what its id therefore says. */
export interface SessionFacts {
  readonly id: string
  readonly client: string
  readonly canElicit: boolean
  /** Milliseconds since 1970. */
  readonly expires: number
}

export interface SessionIds {
  written(facts: SessionFacts, owner: string): string
  /** Undefined: not ours, of somebody else, or over. */
  read(text: string, owner: string, now: number): SessionFacts | undefined
}

/** A working day. */
export const SESSION_MS = 12 * 60 * 60_000
const LONGEST = 1_024

export const newSessionId = (): string => randomBytes(16).toString('base64url')

/**
 * Sessions are kept by nobody: all that is to be known stands in the id, signed. So any worker answers any message,
 * there is nothing to bound and nothing to close, and a restart ends them, as MCP expects (404, and another begins).
 */
export function sessionIds(key: string): SessionIds {
  const sign = (body: string, owner: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['mcp session', owner, body]))
      .digest()
  return {
    written(facts, owner) {
      const body = Buffer.from(JSON.stringify(facts)).toString('base64url')
      return `${body}.${sign(body, owner).toString('base64url')}`
    },
    read(text, owner, now) {
      const [body = '', signature = ''] = text.slice(0, LONGEST).split('.')
      const [given, right] = [Buffer.from(signature, 'base64url'), sign(body, owner)]
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
      const facts = JSON.parse(Buffer.from(body, 'base64url').toString()) as SessionFacts
      return facts.expires > now ? facts : undefined
    },
  }
}
