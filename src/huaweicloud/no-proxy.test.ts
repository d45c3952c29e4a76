import { expect, test } from 'vitest'
import { passesProxy } from './no-proxy.ts'

test.each<[noProxy: string, origin: string, passes: boolean]>([
  ['', 'https://a.example', false],
  ['*', 'https://a.example', true],
  ['other, *', 'https://a.example', true],
  ['a.example', 'https://a.example', true],
  ['A.example.', 'https://a.EXAMPLE', true],
  ['a.example', 'https://b.a.example', true],
  ['.a.example', 'https://a.example', true],
  ['*.a.example', 'https://b.a.example', true],
  ['*.a.example', 'https://a.example', false],
  ['a.example', 'https://ba.example', false],
  ['b.example a.example', 'https://a.example', true],
  ['a.example:443', 'https://a.example', true],
  ['a.example:8443', 'https://a.example', false],
  ['a.example:8443', 'https://a.example:8443', true],
  ['*:8443', 'https://a.example', false],
  ['10.0.0.1', 'https://10.0.0.1:8443', true],
  ['::1', 'https://[::1]', true],
  ['[::1]:443', 'https://[::1]', true],
  ['[::1]:444', 'https://[::1]', false],
])('NO_PROXY=%j and %s: past the proxy is %s', (noProxy, origin, passes) => {
  expect(passesProxy(noProxy)(origin)).toBe(passes)
})
