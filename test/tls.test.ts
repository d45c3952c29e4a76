import https from 'node:https'
import { expect, test } from 'vitest'
import { selfSigned } from './helpers/certificate.ts'
import { launcher, start } from './helpers/program.ts'

const get = (url: string, ca: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    https
      .get(url, { ca, headers, agent: false }, async (response) => {
        let text = ''
        for await (const chunk of response) text += chunk
        resolve({ status: response.statusCode ?? 0, text })
      })
      .once('error', reject)
  })

test('with a certificate it serves https, and its own origin is the https one', async () => {
  const { certFile, keyFile, cert } = selfSigned('127.0.0.1', 'localhost')
  const program = start(process.execPath, [
    launcher,
    '--port',
    '0',
    '--tls-cert',
    certFile,
    '--tls-key',
    keyFile,
  ])
  const url = /https:\/\/127\.0\.0\.1:\d+/.exec(await program.says(/listens on https:.*\n/))?.[0] ?? ''
  expect((await get(`${url}/livez`, cert)).status).toBe(200)
  expect((await get(`${url}/api/regions`, cert, { origin: url })).status).toBe(200)
  expect((await get(`${url}/api/regions`, cert, { origin: url.replace('https', 'http') })).status).toBe(403)
})

test('with a certificate it serves beyond loopback, under the names it is told', async () => {
  const { certFile, keyFile, cert } = selfSigned('cloud.example', 'other.example')
  const args = ['--host', '0.0.0.0', '--port', '0', '--tls-cert', certFile, '--tls-key', keyFile]
  const program = start(process.execPath, [launcher, ...args], { HCA_ALLOWED_HOSTS: 'cloud.example' })
  const said = await program.says(/listens on https:.*\n/)
  const url = `https://localhost:${/:(\d+)/.exec(said.slice(said.indexOf('https://') + 8))?.[1]}`
  expect(said).not.toContain('sandbox keys')
  expect((await get(`${url}/api/regions`, cert, { host: 'cloud.example' })).status).toBe(200)
  expect((await get(`${url}/api/regions`, cert, { host: 'other.example' })).status).toBe(403)
})

test('a certificate that is none ends it with 1 and one line', async () => {
  const { keyFile } = selfSigned('localhost')
  const { code, stderr } = await start(process.execPath, [
    launcher,
    '--port',
    '0',
    '--tls-cert',
    keyFile,
    '--tls-key',
    keyFile,
  ]).ended
  expect(code).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})
