import type { RecordedCall } from './recorded-call.ts'
import { quoted } from './shell-word.ts'

export type KeyKind = 'keys' | 'temporary-keys' | 'token'

/** Placeholders that a shell fills: keys never stand in what is shown or copied. */
const KEY_LINES: Record<KeyKind, readonly string[]> = {
  keys: ['-H "X-Access-Key: $AK"', '-H "X-Secret-Key: $SK"'],
  'temporary-keys': ['-H "X-Access-Key: $AK"', '-H "X-Secret-Key: $SK"', '-H "X-Security-Token: $TOKEN"'],
  token: ['-H "Authorization: Bearer $TOKEN"'],
}

/** A call as one would type it into bash or zsh. */
export function curlOf(
  { method, path, headers, body }: Pick<RecordedCall, 'method' | 'path' | 'headers' | 'body'>,
  { origin, kind }: { origin: string; kind: KeyKind },
): string {
  const parts = [
    method === 'GET' ? 'curl' : `curl -X ${method}`,
    ...KEY_LINES[kind],
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`]),
    quoted(origin + path),
  ]
  return parts.join(' \\\n  ')
}
