import type { Heard, TestCloud } from './test-client.ts'

/** Asks for what the real cloud cannot do: unsigned, by the name of this machine. */
export function control(cloud: TestCloud, method: string, path: string, body?: unknown): Promise<Heard> {
  const text = body === undefined ? '' : JSON.stringify(body)
  return cloud.call({
    method,
    path: `/_sandbox/${path.split('?')[0]}`,
    body: text,
    tamper: () => ({
      target: `/_sandbox/${path}`,
      headers: [
        ['Host', 'localhost'],
        ['Content-Length', String(Buffer.byteLength(text))],
      ],
    }),
  })
}
