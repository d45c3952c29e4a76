import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { documented } from './documented.ts'

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
}

/** The head of an answer, its body still to come and as it is sent. */
export async function begun(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const asking = request(url, { headers, agent: false })
  asking.end()
  return new Promise((resolve, reject) => asking.once('response', resolve).once('error', reject))
}

/** Asks as clients do that decode by themselves, and shows what came over the line, too. */
export async function askCoded(url: string, headers: Record<string, string>) {
  const response = await begun(url, headers)
  const bytes = await buffer(response)
  const names = new Headers(response.headers as Record<string, string>)
  const decode = decoders[names.get('content-encoding') ?? '']
  const text = (decode ? decode(bytes) : bytes).toString()
  const isJson = names.get('content-type')?.startsWith('application/json') && text !== ''
  const got = {
    status: response.statusCode ?? 0,
    headers: names,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  }
  return { ...documented('GET', url, got), bytes }
}
