import type { Transform } from 'node:stream'
import { promisify } from 'node:util'
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  zstdCompress,
} from 'node:zlib'

export type Flushable = Transform & { flush(): void }

interface Way {
  whole(bytes: Buffer): Promise<Buffer>
  stream(): Flushable
}

// Levels: docs/performance.md has what they cost and bring.
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } }
const GZIP = { level: 5 }

/** The codings we have, the one that costs least first. */
export const ways = {
  zstd: row(promisify<Buffer, object, Buffer>(zstdCompress), createZstdCompress, ZSTD),
  br: row(promisify<Buffer, object, Buffer>(brotliCompress), createBrotliCompress, BROTLI),
  gzip: row(promisify<Buffer, object, Buffer>(gzip), createGzip, GZIP),
} satisfies Record<string, Way>

export type Coding = keyof typeof ways

export const CODINGS = Object.keys(ways) as readonly Coding[]

export const isCoding = (name: string): name is Coding => Object.hasOwn(ways, name)

function row(
  whole: (bytes: Buffer, options: object) => Promise<Buffer>,
  stream: (options: object) => Flushable,
  options: object,
): Way {
  return { whole: (bytes) => whole(bytes, options), stream: () => stream(options) }
}
