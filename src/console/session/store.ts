import { useSyncExternalStore } from 'react'
import type { ApiError } from '../api/error.ts'
import { pageFacts } from '../page-facts.ts'

export type Session =
  | { kind: 'keys'; accessKey: string; secretKey: string; securityToken?: string }
  | { kind: 'token'; token: string; regions?: readonly string[] }

interface State {
  session: Session | undefined
  /** Set when keys that were good are refused: no call is made until somebody decides what to do. */
  refusal: ApiError | undefined
}

const STORED_AS = 'hca-session'
const listeners = new Set<() => void>()
const leaving = new Set<() => void>()
let state: State = { session: stored(), refusal: undefined }

export const currentSession = (): Session | undefined => state.session
export const currentRefusal = (): ApiError | undefined => state.refusal

/** Takes keys that were proven; they outlive a reload of this tab only if asked to. */
export function enter(session: Session, { keep }: { keep: boolean }): void {
  if (keep) sessionStorage.setItem(STORED_AS, JSON.stringify(session))
  else sessionStorage.removeItem(STORED_AS)
  change({ session, refusal: undefined })
}

/** Forgets the keys, and everything that was learned with them. */
export function leave(): void {
  sessionStorage.removeItem(STORED_AS)
  change({ session: undefined, refusal: undefined })
  for (const forget of leaving) forget()
}

export function whenLeaving(forget: () => void): void {
  leaving.add(forget)
}

export function refuse(refusal: ApiError | undefined): void {
  if (state.session && state.refusal !== refusal) change({ ...state, refusal })
}

export const useSession = (): Session | undefined => useSyncExternalStore(subscribe, currentSession)
export const useRefusal = (): ApiError | undefined => useSyncExternalStore(subscribe, currentRefusal)

/** Whether the sandbox's doors open to these keys. */
export const isSandbox = (session: Session | undefined): boolean =>
  session?.kind === 'keys' && session.accessKey === pageFacts.sandbox?.accessKey

/** What may be shown of who is signed in: the first four and last two characters, a token's public id. */
export function maskedName(session: Session): string {
  if (session.kind === 'token') return session.token.split('_').slice(0, 2).join('_')
  const { accessKey } = session
  return accessKey.length > 8 ? `${accessKey.slice(0, 4)}…${accessKey.slice(-2)}` : '…'
}

export function authHeaders(session: Session | undefined): Record<string, string> {
  if (!session) return {}
  if (session.kind === 'token') return { Authorization: `Bearer ${session.token}` }
  const { accessKey, secretKey, securityToken } = session
  return {
    'X-Access-Key': accessKey,
    'X-Secret-Key': secretKey,
    ...(securityToken ? { 'X-Security-Token': securityToken } : {}),
  }
}

function change(next: State): void {
  state = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): Session | undefined {
  try {
    const session: unknown = JSON.parse(sessionStorage.getItem(STORED_AS) ?? 'null')
    return isSession(session) ? session : undefined
  } catch {
    return undefined
  }
}

/** A declaration, since it is needed while this module begins. */
function isSession(value: unknown): value is Session {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    ('accessKey' in value || 'token' in value)
  )
}
