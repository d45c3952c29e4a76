import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isWhole, lineTo } from '../helpers/callers.ts'
import { ask, startHouse } from '../helpers/house.ts'
import { preloaded } from '../helpers/preload.ts'
import { launcher, run, start, urlOf } from '../helpers/program.ts'

const sandboxKeys = {
  'x-access-key': 'SANDBOXACCESSKEY0001',
  'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
}

describe('a start', () => {
  test('F-12: with TLS verification switched off by the environment it refuses, says why, and exits with 1', async () => {
    const { code, stderr } = await run(['--port', '0'], { NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    expect(code).toBe(1)
    expect(stderr).toContain('huawei-cloud-api: NODE_TLS_REJECT_UNAUTHORIZED=0 is set')
  })

  test('F-54: a first port that is taken ends it, with nothing left open of what was started before', async () => {
    const taken = createTcpServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const folder = mkdtempSync(join(tmpdir(), 'hca-end-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const state = join(folder, 'state')
    const port = String((taken.address() as AddressInfo).port)
    const { code, stderr } = await run(['--port', port, '--state', state])
    expect([code, stderr.trim().split('\n').length]).toEqual([1, 1])
    expect(readdirSync(folder).filter((name) => name.includes('lock'))).toEqual([])
    const house = await startHouse({ HCA_SANDBOX_STATE: state })
    expect((await ask(`${house.url}/livez`)).status).toBe(200)
  })

  test('F-54: a signal while it starts lets it start, closes it, and exits with 0', async () => {
    const program = start(
      process.execPath,
      [launcher, '--port', '0'],
      preloaded(`
        import { Server } from 'node:net'
        const { listen } = Server.prototype
        Server.prototype.listen = function (...args) {
          process.kill(process.pid, 'SIGTERM')
          Server.prototype.listen = listen
          return listen.apply(this, args)
        }
      `),
    )
    const { code, stderr } = await program.ended
    expect([code, stderr.match(/Ending/g)?.length]).toEqual([0, 1])
  })
})

test('F-53: with file descriptors used up those who are connected are answered, and it recovers by itself', async () => {
  const program = start('bash', [
    '-c',
    `ulimit -n 60 && exec "$@"`,
    'bash',
    process.execPath,
    launcher,
    '--port',
    '0',
  ])
  const url = await urlOf(program)
  const request = `GET /livez HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`
  const before = await lineTo(url, request)
  await before.until(isWhole)
  const crowd = await Promise.all(Array.from({ length: 80 }, () => lineTo(url)))
  before.socket.write(request)
  await before.until((text) => text.split('HTTP/1.1 200 OK').length === 3)
  expect(crowd.some(({ socket }) => socket.destroyed) || crowd.length === 80).toBe(true)
  for (const { socket } of crowd) socket.destroy()
  const images = () =>
    ask(`${url}/api/instances?regionId=cn-east-2`, { headers: sandboxKeys }).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(images, { timeout: 10_000 }).toBe(200)
  program.end('SIGTERM')
  expect((await program.ended).code).toBe(0)
})
