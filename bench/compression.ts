/**
 * What each coding costs and brings, on answers of the sandbox as they are: processor time of one thread, medians.
 * `src/gateway/codings.ts` has what was chosen.
 */
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { outside } from '../src/outside.ts'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { serve } from '../src/serve.ts'
import { readSettings } from '../src/settings.ts'
import { median } from './processes.ts'

const TIMES = 25
const PATHS = {
  images: '/api/images?regionId=cn-south-1',
  'instance types': '/api/instance-types?regionId=cn-north-4',
}

const brotli = (quality: number) => (bytes: Buffer) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 18 },
  })
const zstd = (level: number) => (bytes: Buffer) =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level } })
const gzip = (level: number) => (bytes: Buffer) => gzipSync(bytes, { level })

const rows = [
  ...[1, 3, 6].map((level) => ['zstd', level, zstd(level)] as const),
  ...[3, 4, 5].map((level) => ['br', level, brotli(level)] as const),
  ...[1, 5, 6].map((level) => ['gzip', level, gzip(level)] as const),
]

function measured(bytes: Buffer, compress: (bytes: Buffer) => Buffer): string {
  let length = 0
  const times = Array.from({ length: TIMES }, () => {
    const before = process.cpuUsage()
    length = compress(bytes).length
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  })
  return `${(bytes.length / length).toFixed(1)} × | ${median(times).toFixed(2)} ms`
}

const house = await serve(readSettings({ port: '0' }, { HCA_LOG_LEVEL: 'silent' }), outside)
const headers = { 'x-access-key': SANDBOX_KEYS.accessKey, 'x-secret-key': SANDBOX_KEYS.secretKey }
const answers = await Promise.all(
  Object.values(PATHS).map(async (path) => {
    const response = await fetch(`${house.urls[0]}${path}`, { headers })
    return Buffer.from(await response.arrayBuffer())
  }),
)
await house.close()

const titles = Object.keys(PATHS).map(
  (name, at) => `${name}, ${Math.round((answers[at]?.length ?? 0) / 1_000)} KB`,
)
console.log(`| | ${titles.map((title) => `${title} | CPU`).join(' | ')} |`)
console.log(`|---|${titles.map(() => '--:|--:').join('|')}|`)
for (const [name, level, compress] of rows)
  console.log(`| ${name} ${level} | ${answers.map((bytes) => measured(bytes, compress)).join(' | ')} |`)
