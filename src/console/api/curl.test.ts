import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'

const ORIGIN = 'http://127.0.0.1:8002'

test('a read is one curl with placeholders for the keys', () => {
  const call = { method: 'GET', path: '/api/instances?regionId=*&all=true', headers: {} }
  expect(curlOf(call, { origin: ORIGIN, kind: 'keys' })).toBe(
    [
      'curl',
      '-H "X-Access-Key: $AK"',
      '-H "X-Secret-Key: $SK"',
      "'http://127.0.0.1:8002/api/instances?regionId=*&all=true'",
    ].join(' \\\n  '),
  )
})

test('a shell reads the body as it was, quotes and all', () => {
  const body = { name: `it's "$HOME" \\ \`x\`` }
  const call = { method: 'PUT', path: '/api/instances/x', headers: { Prefer: 'wait=60' }, body }
  const line = curlOf(call, { origin: ORIGIN, kind: 'token' })
  const given = execFileSync('bash', ['-c', line.replace(/^curl/, "printf '%s\\n'")], {
    encoding: 'utf8',
    env: { TOKEN: 'T' },
  }).split('\n')
  expect(given).toContain('Authorization: Bearer T')
  expect(given).toContain('Prefer: wait=60')
  expect(given).toContain(JSON.stringify(body))
})
