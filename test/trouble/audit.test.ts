import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { auditLines, auditPlace, expectWhole, linesIn } from '../helpers/audit.ts'
import { ask, keyHeaders, ourErrorOf, send, startBefore } from '../helpers/house.ts'
import { launcher, start } from '../helpers/program.ts'

const PARAMS = { regionId: 'cn-south-1', projectId: 'p-1' }

/** Sends a write and gives the connection back, to be hung up. */
function sendStop(url: string) {
  const body = JSON.stringify({ ...PARAMS, servers: ['ins-1'] })
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  const head = [
    'PUT /api/instances/stop HTTP/1.1',
    `Host: ${hostname}:${port}`,
    ...Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  const hangUp = async () => {
    socket.destroy()
    await new Promise((resolve) => socket.once('close', resolve))
  }
  return { hangUp }
}

test('I-32: hung up during a write, it is finished and its outcome is kept', async () => {
  const file = auditPlace()
  const heard = Promise.withResolvers<() => void>()
  const { url, logged } = await startBefore(
    (_, response) => {
      heard.resolve(() => {
        response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'up-1' })
        response.end('{"job_id":"job-1"}')
      })
    },
    { HCA_AUDIT_FILE: file },
  )
  const { hangUp } = sendStop(url)
  const answer = await heard.promise
  expect(linesIn(file)).toMatchObject([{ kind: 'intent', targets: { servers: ['ins-1'] } }])
  await hangUp()
  answer()
  expect((await auditLines(file, 2))[1]).toMatchObject({
    kind: 'outcome',
    intent: 1,
    outcome: 'done',
    jobId: 'job-1',
    upstreamRequestId: 'up-1',
  })
  await logged(1)
  await expectWhole(file)
})

test('a server that ends under a write whose caller has left keeps what is known of it', async () => {
  const file = auditPlace()
  const heard = Promise.withResolvers<void>()
  const { url, close } = await startBefore(() => heard.resolve(), { HCA_AUDIT_FILE: file })
  const { hangUp } = sendStop(url)
  await heard.promise
  await hangUp()
  await close()
  expect(linesIn(file)).toMatchObject([
    { kind: 'intent' },
    { kind: 'outcome', intent: 1, outcome: 'unknown' },
  ])
  await expectWhole(file)
})

/** `ulimit -f` is a disk that is full for one program, and `prlimit` clears it. */
test.skipIf(process.platform !== 'linux')(
  'F-52: on a full disk writes are refused and reads go on, until there is room',
  async () => {
    const file = auditPlace()
    const program = start('bash', ['-c', 'ulimit -S -f 4; exec "$0" "$@"', process.execPath, launcher], {
      HCA_AUDIT_FILE: file,
      HCA_PORT: '0',
      HCA_SANDBOX_PACE: 'at-once',
    })
    const [, url = ''] = /listens on (\S+)/.exec(await program.says(/listens on \S+/)) ?? []
    const sandbox = {
      'x-access-key': 'SANDBOXACCESSKEY0001',
      'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
    }
    const rename = (name: string) =>
      send('PUT', `${url}/api/instances/ins-r8hr2upy`, { regionId: 'cn-east-2', name }, sandbox)
    const read = () => ask(`${url}/api/instances/ins-r8hr2upy?regionId=cn-east-2`, { headers: sandbox })

    let last = ''
    let refused = await rename('a')
    for (let n = 0; refused.status === 200 && n < 100; n += 1) {
      last = `name-${n}`
      refused = await rename(last)
      if (refused.status !== 200) last = `name-${n - 1}`
    }
    expect(ourErrorOf(refused)).toMatchObject({ reason: 'AUDIT_UNAVAILABLE', status: 'UNAVAILABLE' })
    expect(refused.status).toBe(503)
    expect(statSync(file).size).toBeLessThanOrEqual(4 * 1024)
    const shown = await read()
    expect(shown.status, shown.text).toBe(200)
    expect(shown.json.data.value.server.name).toBe(last)
    expect((await ask(`${url}/readyz`)).status).toBe(200)
    expect((await rename('again')).status).toBe(503)

    execFileSync('prlimit', ['--pid', String(program.child.pid), '--fsize=unlimited'])
    expect((await rename('roomy')).status).toBe(200)
    program.end()
    const { code, stderr } = await program.ended
    expect(code).toBe(0)
    expect(stderr.split('\n').filter((line) => line.includes('audit file'))).toEqual([
      expect.stringContaining('"why":"EFBIG"'),
      expect.stringContaining('is written again'),
    ])
    const { open } = await expectWhole(file)
    expect(open).toEqual([])
    expect(linesIn(file).filter(({ kind }) => kind === 'intent').length).toBeGreaterThan(3)
  },
  60_000,
)
