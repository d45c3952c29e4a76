import { ALGORITHM, canonicalRequest, EMPTY_PAYLOAD_HASH, type Pair, signedHeaders } from './signature.ts'
import { SigningKey } from './signing-key.ts'

/**
 * Requests without a body that differ in nothing but their date and, maybe, in one part of their path, or in the value of
 * one parameter, whose name is given once. There stands {@link GAP}, and nowhere else.
 */
export interface Alike {
  method: string
  /** Percent-encoded. */
  path: string
  query: readonly Pair[]
  /** Without `X-Sdk-Date`. */
  headers: readonly Pair[]
}

/** Stands for what differs. No encoding changes it, and no id holds a tilde. */
export const GAP = '~WhatDiffers~'
const DATE = 'DateThatDiffers'

/**
 * Signs requests that are alike, as {@link sign} does: the canonical request is made once, and of each only its gaps are
 * filled. A quarter of the time.
 */
export class SigningTemplate {
  readonly #key: SigningKey
  readonly #beforeGap: string
  readonly #beforeDate: string
  readonly #afterDate: string
  readonly #authorization: string

  constructor({ method, path, query, headers }: Alike, accessKey: string, secretKey: string) {
    const all: Pair[] = [...headers, ['x-sdk-date', DATE]]
    const canonical = canonicalRequest({ method, path, query, headers: all, payloadHash: EMPTY_PAYLOAD_HASH })
    const dateAt = canonical.lastIndexOf(`x-sdk-date:${DATE}\n`) + 'x-sdk-date:'.length
    const gapAt = canonical.indexOf(GAP)
    this.#beforeGap = canonical.slice(0, gapAt < 0 ? dateAt : gapAt)
    this.#beforeDate = gapAt < 0 ? '' : canonical.slice(gapAt + GAP.length, dateAt)
    this.#afterDate = canonical.slice(dateAt + DATE.length)
    this.#authorization = `${ALGORITHM} Access=${accessKey}, SignedHeaders=${signedHeaders(all)}, Signature=`
    this.#key = new SigningKey(secretKey)
  }

  /** The `Authorization` header. What stands in the gap needs no encoding; `date` is that of `X-Sdk-Date`. */
  sign(date: string, inGap = ''): string {
    const canonical = this.#beforeGap + inGap + this.#beforeDate + date + this.#afterDate
    return this.#authorization + this.#key.sign(canonical, date)
  }
}
