import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answering, auditLines, auditPlace, idOf, linesIn, PARAMS, stop } from './helpers/audit.ts'
import { ask, KEYS, keyHeaders, send, startBefore, startHouse } from './helpers/house.ts'
import { keyring } from './helpers/tokens.ts'

const CREATE = {
  ...PARAMS,
  imageId: 'img-1',
  instanceType: 's6.large.2',
  name: 'canary-name',
  vpcId: 'vpc-1',
  nics: [{ subnetId: 'net-1' }],
  rootVolume: { volumeType: 'SSD' },
}
const CHAIN = { prev: expect.stringMatching(/^[0-9a-f]{64}$/), hash: expect.stringMatching(/^[0-9a-f]{64}$/) }
const TIME = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

describe('a write', () => {
  test('is told of in full, before and after', async () => {
    const file = auditPlace()
    const { url } = await startBefore(answering(200, '{"job_id":"job-1"}'), { HCA_AUDIT_FILE: file })
    const got = await stop(url)
    expect(got.status, got.text).toBe(200)
    expect(await auditLines(file, 2)).toEqual([
      {
        seq: 1,
        time: TIME,
        kind: 'intent',
        requestId: idOf(got),
        caller: 'AKTE***01',
        client: '127.0.0.1',
        route: '/api/instances/stop',
        service: 'ecs',
        operation: 'BatchStopServers',
        method: 'POST',
        regionId: 'cn-south-1',
        projectId: 'p-1',
        targets: { servers: ['ins-1', 'ins-2'] },
        ...CHAIN,
      },
      {
        seq: 2,
        time: TIME,
        kind: 'outcome',
        intent: 1,
        requestId: idOf(got),
        outcome: 'done',
        status: 200,
        upstreamRequestId: 'up-1',
        jobId: 'job-1',
        ms: expect.any(Number),
        ...CHAIN,
      },
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('that creates has its token, and what was made', async () => {
    const file = auditPlace()
    const { url } = await startBefore(answering(200, '{"job_id":"job-1","serverIds":["s-1","s-2"]}'), {
      HCA_AUDIT_FILE: file,
    })
    const got = await send('POST', `${url}/api/instances`, CREATE, keyHeaders)
    const [intent, outcome] = await auditLines(file, 2)
    expect(intent).toMatchObject({ clientToken: got.headers.get('x-client-token') })
    expect(outcome).toMatchObject({ outcome: 'done', jobId: 'job-1', serverIds: ['s-1', 's-2'] })
  })

  test('that is repeated on its way is one write', async () => {
    const file = auditPlace()
    let heard = 0
    const good = answering(200, '{"job_id":"job-1"}')
    const { url } = await startBefore(
      (request, response) => {
        heard += 1
        if (heard === 1) response.destroy()
        else good(request, response)
      },
      { HCA_AUDIT_FILE: file },
    )
    expect((await send('POST', `${url}/api/instances`, CREATE, keyHeaders)).status).toBe(200)
    expect(heard).toBe(2)
    const lines = await auditLines(file, 2)
    expect(lines.map(({ kind }) => kind)).toEqual(['intent', 'outcome'])
    expect(lines[1]).toMatchObject({ outcome: 'done', repeats: 1 })
  })

  test('with a gateway token has the id of the token beside the masked key', async () => {
    const file = auditPlace()
    const ring = keyring()
    const { id, token, bearer } = await ring.mint()
    const { url } = await startBefore(answering(200, '{"job_id":"job-1"}'), {
      HCA_AUDIT_FILE: file,
      ...ring.env,
    })
    expect((await stop(url, ['ins-1'], bearer as typeof keyHeaders)).status).toBe(200)
    const [intent] = await auditLines(file, 2)
    expect(intent).toMatchObject({ tokenId: id, caller: 'AKTE***01' })
    expect(readFileSync(file, 'utf8')).not.toContain(token.slice(-43))
  })

  test('names what it is for wherever the id stands', async () => {
    const file = auditPlace()
    const { url } = await startBefore(answering(200, '{}'), { HCA_AUDIT_FILE: file })
    const put = (path: string, method = 'POST', body: object = {}) =>
      method === 'DELETE'
        ? ask(`${url}${path}?${new URLSearchParams(PARAMS)}`, { method, headers: keyHeaders })
        : send(method, `${url}${path}`, { ...PARAMS, ...body }, keyHeaders)
    await put('/api/instances/ins-1/volumes', 'POST', { volumeId: 'vol-1' })
    await put('/api/instances/ins-1/volumes/vol-2', 'DELETE')
    await put('/api/public-ips/ip-1/bind', 'POST', { portId: 'port-1' })
    await put('/api/images', 'POST', { name: 'canary-name', instanceId: 'ins-3' })
    await put('/api/keypairs/canary-name', 'DELETE')
    const intents = (await auditLines(file, 10)).filter(({ kind }) => kind === 'intent')
    expect(intents.map(({ targets }) => targets)).toEqual([
      { server_id: 'ins-1', volumeId: 'vol-1' },
      { server_id: 'ins-1', volume_id: 'vol-2' },
      { publicip_id: 'ip-1', port_id: 'port-1' },
      { instance_id: 'ins-3' },
      undefined,
    ])
    expect(readFileSync(file, 'utf8')).not.toContain('canary-name')
  })
})

describe('nothing is kept of', () => {
  test('what fails our checks, and of reads', async () => {
    const file = auditPlace()
    const { url } = await startBefore(answering(200, '{"servers":[]}'), { HCA_AUDIT_FILE: file })
    expect((await stop(url, [])).status).toBe(400)
    expect((await send('PUT', `${url}/api/instances/stop`, { ...PARAMS, servers: ['a'] })).status).toBe(401)
    const { status } = await ask(`${url}/api/instances?${new URLSearchParams(PARAMS)}`, {
      headers: keyHeaders,
    })
    expect(status).toBe(200)
    expect(linesIn(file)).toEqual([])
  })

  test('a secret, wherever it was put', async () => {
    const file = auditPlace()
    const { url } = await startBefore(
      answering(400, `{"error":{"code":"Ecs.0005","message":"canary-text-1"}}`),
      {
        HCA_AUDIT_FILE: file,
      },
    )
    const canaries = [
      ...['canary-pass-1', 'Y2FuYXJ5LWRhdGE=', 'canary-data', 'canary-name', 'canary-text-1', 'canary-query'],
      ...['canary-token-1', 'canary-tag', 'CanaryInPlaceOfAnId', KEYS.secretKey, KEYS.accessKey],
    ]
    const headers = { ...keyHeaders, 'x-security-token': 'canary-token-1', 'x-more': 'canary-text-1' }
    const secrets = { adminPassword: 'canary-pass-1', userData: 'canary-data', userDataEncoding: 'text' }
    const made = await send('POST', `${url}/api/instances`, { ...CREATE, ...secrets }, headers)
    expect(made.status, made.text).toBe(400)
    const id = KEYS.secretKey
    await send('PUT', `${url}/api/instances/${id}`, { ...PARAMS, name: 'canary-name' }, headers)
    await send(
      'PUT',
      `${url}/api/instances/CanaryInPlaceOfAnId/password`,
      {
        ...PARAMS,
        password: 'canary-pass-1',
      },
      headers,
    )
    await stop(url, [id, 'CanaryInPlaceOfAnId'], headers)
    const raw = `${url}/api/raw/ecs/v1/{project_id}/${id}/Canary.Name?canary-query=canary-query&${new URLSearchParams(PARAMS)}`
    await send('POST', raw, { canary: 'canary-text-1' }, headers)
    const lines = await auditLines(file, 10)
    expect(lines.filter(({ kind }) => kind === 'outcome')).toHaveLength(5)
    const kept = readFileSync(file, 'utf8')
    for (const canary of canaries) expect(kept).not.toContain(canary)
    expect(lines[8]).toMatchObject({ operation: 'raw', path: '/v1/{project_id}/*/*' })
  })
})

test('where the file ends with somebody else’s words, the server does not start', async () => {
  const file = auditPlace()
  writeFileSync(file, 'notes\n')
  await expect(startHouse({ HCA_AUDIT_FILE: file })).rejects.toThrow('does not end with a line of the audit')
  expect(readFileSync(file, 'utf8')).toBe('notes\n')
})
