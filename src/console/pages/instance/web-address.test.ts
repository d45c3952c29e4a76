import { expect, test } from 'vitest'
import { webAddress } from './web-address.ts'

test('only addresses of the web are followed', () => {
  expect(webAddress('https://console.example/vnc?token=1')).toBe('https://console.example/vnc?token=1')
  for (const text of [undefined, '', '/vnc', 'javascript:alert(1)', 'data:text/html,x', 'ftp://a.example/'])
    expect(webAddress(text)).toBeUndefined()
})
