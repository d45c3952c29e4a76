import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ask } from '../helpers/house.ts'
import { recordAnswers } from './canary-answers.ts'
import { canaries, secretKeys } from './canary-list.ts'
import { ENCODINGS, searchFor } from './canary-search.ts'

const search = searchFor()
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Ways a secret gets out, written without the search's own code. */
const ways: Record<string, (text: string) => string> = {
  'as it is': (text) => `level=30 key=${text} ok`,
  'in upper case': (text) => `x ${text.toUpperCase()} x`,
  'in lower case': (text) => `x ${text.toLowerCase()} x`,
  backwards: (text) => `x ${text.split('').reverse().join('')} x`,
  'in a URL': (text) => `GET /?secretKey=${encodeURIComponent(text)}`,
  'in a URL with small hex': (text) =>
    `GET /?k=${encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase())}`,
  'in a form': (text) => new URLSearchParams({ k: text }).toString(),
  'in a URL in a URL': (text) => encodeURIComponent(`/?k=${encodeURIComponent(text)}`),
  'in JSON': (text) => JSON.stringify({ a: text }),
  'in JSON in JSON': (text) => JSON.stringify({ a: JSON.stringify({ b: text }) }),
  'in JSON by numbers': (text) =>
    text.replace(/./gs, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in base64': (text) => base64(text),
  'in base64, one byte on': (text) => base64(`a${text}b`),
  'in base64, two bytes on': (text) => base64(`ab${text}bc`),
  'as HTTP Basic': (text) => `Basic ${base64(`someone:${text}`)}`,
  'in base64 for URLs': (text) => Buffer.from(`?${text}`).toString('base64url'),
  'in base64 in a URL': (text) => encodeURIComponent(base64(text)),
  'in hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
}

test.each(Object.entries(ways))('every canary is found %s', (_, told) => {
  for (const { name, text } of canaries) expect(search(told(text)), name).not.toEqual([])
})

test('each way of the search is one that is tried here', () => {
  expect(Object.keys(ENCODINGS).length).toBeLessThan(Object.keys(ways).length)
})

test('every piece of eight characters of a secret key is found, and what is only masked is not', () => {
  for (const { text } of secretKeys) {
    for (let at = 0; at + 8 <= text.length; at += 1)
      expect(search(`<${text.slice(at, at + 8)}>`)).toHaveLength(1)
    expect(search(`${text.slice(0, 4)}***${text.slice(-2)} ${text.slice(5, 12)}`)).toEqual([])
  }
})

test('what is not planted is not found', () => {
  const noise = Array.from({ length: 2_000 }, (_, n) => createHash('sha256').update(`${n}`).digest('base64'))
  expect(search(noise.join(' '))).toEqual([])
})

test('a canary found says which it is, how it stands there, and where', () => {
  const [one] = secretKeys
  expect(search(`here: ${one?.text}.`)[0]).toMatch(/^secret key 1 as it is: …here: [a-z0-9]{8}$/)
  const more = { name: 'signature 1', text: '0123456789abcdef'.repeat(4) }
  expect(search(`Signature=${more.text}`)).toEqual([])
  expect(searchFor([more])(`Signature=${more.text}`)).not.toEqual([])
})

test('there are more than fifty, all different', () => {
  expect(canaries.length).toBeGreaterThanOrEqual(50)
  expect(new Set(canaries.map(({ text }) => text)).size).toBe(canaries.length)
})

test('answers are recorded with their status line, headers and body', async () => {
  const recorded = recordAnswers()
  const server = createServer((_, response) => response.writeHead(418, { 'x-a': 'header' }).end('body'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  server.unref()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await ask(url)
  expect(String(recorded.from([url]))).toMatch(/^HTTP\/1\.1 418 .*x-a: header.*body/s)
  server.closeAllConnections()
})
