import Type from 'typebox'
import { count, onOff, seconds } from './settings-readers.ts'
import { row } from './settings-row.ts'

const ttl = Type.Number({ minimum: 0, maximum: 86_400, description: 'seconds from 0 to 86400' })

const bytes = (minimum: number, maximum: number) =>
  Type.Integer({ minimum, maximum, description: `bytes, a whole number from ${minimum} to ${maximum}` })

/** What answers are kept, how they travel, and what agents may ask. */
export const answerRows = {
  cacheTtlFlavors: row({
    env: ['HCA_CACHE_TTL_FLAVORS'],
    schema: ttl,
    read: seconds,
    default: 0,
    help: 'Seconds that a page of instance types is kept for whoever asks with the same keys; 0 keeps none.',
  }),
  cacheTtlImages: row({
    env: ['HCA_CACHE_TTL_IMAGES'],
    schema: ttl,
    read: seconds,
    default: 0,
    help: 'The same for a page of images. Creating or deleting one here forgets them.',
  }),
  cacheBytes: row({
    env: ['HCA_CACHE_BYTES'],
    schema: bytes(65_536, 999_999_999),
    read: count,
    default: 64 * 1024 * 1024,
    help: 'What kept answers may take in all, compressed forms included; one answer may take an eighth of it, and longer ones pass unkept.',
  }),
  compress: row({
    env: ['HCA_COMPRESS'],
    schema: Type.Boolean({ description: 'on or off' }),
    read: onOff,
    shown: 'off when bound to loopback, else on',
    help: 'Compress lists for callers whose Accept-Encoding takes zstd, br or gzip.',
  }),
  compressFrom: row({
    env: ['HCA_COMPRESS_FROM'],
    schema: bytes(0, 262_144),
    read: count,
    default: 16 * 1024,
    help: 'Bytes from which an answer is compressed; what is shorter fits in the first packets of a connection anyway.',
  }),
  agentWrites: row({
    env: ['HCA_MCP_WRITES'],
    schema: Type.Boolean({ description: 'on or off' }),
    read: onOff,
    default: false,
    help: 'Agents may write over /mcp, as far as their token lets them, and with an approval. `mcp` has --allow-writes.',
  }),
  agentElicits: row({
    env: ['HCA_MCP_ELICITATION'],
    schema: Type.Boolean({ description: 'on or off' }),
    read: onOff,
    default: true,
    help: 'The program that an agent runs in may ask the person at /mcp. Off: only the keys behind the token approve.',
  }),
} as const
