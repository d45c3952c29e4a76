import { useSyncExternalStore } from 'react'
import type { ApiError } from '../../api/error.ts'
import { whenLeaving } from '../../session/store.ts'
import type { CreateBody } from './body.ts'
import { changed } from './change.ts'
import { EMPTY, type Field, type Form } from './form.ts'
import type { FieldErrors } from './place-errors.ts'

/** What has become of the form so far. */
export type Sending =
  | { state: 'open' }
  | { state: 'checking' }
  /** A dry run found nothing wrong with this body. */
  | { state: 'checked' }
  | { state: 'refused'; error: ApiError }
  | { state: 'sending'; body: CreateBody }
  /** Sent, and nobody knows whether it was carried out. */
  | { state: 'unknown'; body: CreateBody; error: ApiError }
  | { state: 'sent'; body: CreateBody; jobId?: string; orderId?: string; serverIds: readonly string[] }

export interface Draft {
  form: Form
  /** Made once for a form: however often it is sent, instances are bought once. */
  key: string
  /** What was refused, at its field, until that is changed. */
  errors: FieldErrors
  sending: Sending
  /** Of a key pair made for this form; nobody tells it a second time. */
  privateKey?: { regionId: string; name: string; text: string } | undefined
}

/** In memory alone: it outlives a look at other pages, and no leaving. */
let draft: Draft = fresh()
const listeners = new Set<() => void>()
whenLeaving(startAnew)

export const currentDraft = (): Draft => draft
export const useDraft = (): Draft => useSyncExternalStore(subscribe, currentDraft)

export function changeForm(patch: Partial<Form>): void {
  const { state } = draft.sending
  // What is on its way, or may have been carried out, is not changed under way.
  if (state === 'sending' || state === 'unknown' || state === 'sent') return
  const errors = { ...draft.errors }
  for (const field of Object.keys(patch) as Field[]) delete errors[field]
  set({ form: changed(draft.form, patch), errors, sending: { state: 'open' } })
}

export function set(patch: Partial<Draft>): void {
  draft = { ...draft, ...patch }
  for (const listener of listeners) listener()
}

export function startAnew(): void {
  set(fresh())
}

function fresh(): Draft {
  return { form: EMPTY, key: newKey(), errors: {}, sending: { state: 'open' }, privateKey: undefined }
}

/** A UUID; `crypto.randomUUID` is missing on pages that came over plain HTTP from another machine. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
