import { encode } from '../wire/signature.ts'
import type { Service } from './endpoints.ts'

/** One thing Huawei Cloud can do, as a row: it can be listed, counted, documented and tested in a loop. */
export interface Operation {
  /** As the official SDKs call it. */
  readonly name: string
  readonly service: Service
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD' | 'OPTIONS'
  /** `{project_id}` is filled in from the caller's region, other braces from `params`. */
  readonly path: string
  /** Changes something. A write that was sent is never sent again without a token that makes it safe. */
  readonly write?: true
  /** Whether `X-Project-Id` is sent. Only IAM, which is asked for projects, does without. */
  readonly projectless?: true
  /** The page of Huawei's API manual. */
  readonly manual: string
  /** What its answer lists, and how one gets at the rest. */
  readonly listing?: Listing
}

/** A list as Huawei answers it. */
export interface Listing {
  /** The field of the answer that holds the items. */
  readonly items: string
  /** Where an item's id stands in it: `id`, or a path such as `keypair.name`. */
  readonly id: string
  readonly pages: Pages
}

/**
 * Huawei's ways of paging. `number`: `offset` counts pages from 1, a short page is the last. `next`: the answer's
 * `next` is a relative URL whose query asks for the following page, missing on the last. `marker`: the id of
 * the last item asks for what comes after it, a short page is the last. `whole`: one answer holds everything.
 * `most` is the largest page that may be asked for.
 */
export type Pages =
  | { readonly by: 'number' | 'next' | 'marker'; readonly most: number }
  | { readonly by: 'whole' }

export const operation = (row: Operation): Operation => Object.freeze(row)

export const PROJECT = '{project_id}'

/** A decoded part of a path as it stands in an operation's: no braces but the project's stay braces. */
export const pathPart = (text: string): string => encode(text).replaceAll(encode(PROJECT), PROJECT)

/** What a decoded part of a path must not be or hold. */
export const UNSAFE_SEGMENT = /^\.{1,2}$|[/\\\p{Cc}]/u

/**
 * Fills and encodes the braces of a path. The check stands here, where paths are built, so that no reader
 * of ids can forget it: a decoded `../../v3` must never become part of what is signed.
 */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (!value || UNSAFE_SEGMENT.test(value)) throw new TypeError(`${name} cannot be part of a path`)
    return encode(value)
  })
}
