import type { CacheSettings } from './gateway/cache.ts'
import type { CompressionSettings } from './gateway/compression.ts'
import { isLoopback, type Settings } from './settings.ts'

/** How long the settings have answers kept, and how many bytes of them. */
export const cacheOf = (settings: Settings): CacheSettings => ({
  ttlMs: { flavors: settings.cacheTtlFlavors * 1_000, images: settings.cacheTtlImages * 1_000 },
  mostBytes: settings.cacheBytes,
})

/** On this machine bytes cost nothing, and compressing them does. */
export const compressionOf = ({ host, compress, compressFrom }: Settings): CompressionSettings => ({
  on: compress ?? !isLoopback(host),
  from: compressFrom,
})
