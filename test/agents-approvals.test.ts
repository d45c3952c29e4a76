import { describe, expect, test } from 'vitest'
import {
  create,
  INSTANCE,
  overHttp,
  type Person,
  REGION,
  sandboxHeaders,
  startForAgents,
  terminate,
  yes,
} from './helpers/agents.ts'
import { auditLines, auditPlace } from './helpers/audit.ts'
import { ask, ourErrorOf, send } from './helpers/house.ts'

const statusOf = async (url: string) =>
  (await ask(`${url}/api/instances/${INSTANCE}?regionId=${REGION}`, { headers: sandboxHeaders })).status

const approve = (
  url: string,
  id: unknown,
  headers: Record<string, string> = sandboxHeaders,
  decision = 'approve',
) => send('POST', `${url}/api/approvals`, { id, decision }, headers)

describe('where the program can ask a person', () => {
  test('a yes carries it out, once', async () => {
    const { agent, url } = await startForAgents()
    const asked: string[] = []
    const { call } = await agent((message) => {
      asked.push(message)
      return { action: 'accept', content: { approve: true } }
    })
    const { data, next } = await call('preview_action', terminate)
    expect(data).toMatchObject({ action: 'terminate', count: 1, regionId: REGION })
    expect(data.facts.instances).toEqual([{ id: INSTANCE, name: 'ecs-r8hr2upy', status: 'ACTIVE' }])
    expect(next).toContain('the person will be asked')
    expect(await statusOf(url)).toBe(200)

    const done = await call('carry_out', { previewId: data.previewId, arguments: terminate })
    expect(done).toMatchObject({
      isError: false,
      data: { job_id: expect.any(String), approvedBy: 'elicitation' },
    })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/^Terminate 1 instance in cn-east-2\?\n/)
    expect(asked[0]).toContain(`{"id":"${INSTANCE}","name":"ecs-r8hr2upy","status":"ACTIVE"}`)
    expect(await statusOf(url)).toBe(404)

    const again = await call('carry_out', { previewId: data.previewId, arguments: terminate })
    expect(again).toMatchObject({ isError: true, error: { reason: 'APPROVAL_USED' } })
  })

  test.each<[string, Person]>([
    ['no', () => ({ action: 'decline' })],
    ['a closed question', () => ({ action: 'cancel' })],
    ['a form that was sent without a yes', () => ({ action: 'accept', content: { approve: false } })],
  ])('%s is a no, for good', async (_, person) => {
    const { agent, url, writes } = await startForAgents()
    const { call } = await agent(person)
    const { data } = await call('preview_action', terminate)
    for (const reason of ['APPROVAL_DECLINED', 'APPROVAL_DECLINED']) {
      const told = await call('carry_out', { previewId: data.previewId, arguments: terminate })
      expect(told).toMatchObject({ isError: true, error: { reason } })
    }
    expect(await statusOf(url)).toBe(200)
    expect(writes()).toEqual([])
  })

  test('a create is tried before, made once, and all of it is in the audit', async () => {
    const file = auditPlace()
    const { agent } = await startForAgents({ HCA_AUDIT_FILE: file })
    const { call, tokenId } = await agent(yes)
    const { data } = await call('preview_create', create)
    expect(data.facts).toMatchObject({
      instance: { name: 'by-agent' },
      image: { id: create.imageId, name: expect.any(String) },
      instanceType: { vcpus: '48' },
      dryRun: 'passed',
    })
    const done = await call('carry_out', { previewId: data.previewId, arguments: create })
    expect(done.data.serverIds).toHaveLength(1)
    const job = await call('show_job', { jobId: done.data.job_id, regionId: REGION, wait: 5 })
    expect(job.data.status).toBe('SUCCESS')
    const [tried, , made] = await auditLines(file, 4)
    const agentOf = { client: 'test-agent/1.2.3' }
    expect(tried).toMatchObject({
      operation: 'CreateServers',
      tokenId,
      agent: { ...agentOf, tool: 'preview_create' },
    })
    expect(made).toMatchObject({
      operation: 'CreateServers',
      caller: 'SAND***01',
      tokenId,
      client: '127.0.0.1',
      agent: { ...agentOf, tool: 'carry_out', approval: data.previewId, approvedBy: 'elicitation' },
    })
  })
})

describe('where the program cannot ask', () => {
  test('the keys behind the token approve, and see all of it before', async () => {
    const { agent, url } = await startForAgents()
    const { call, bearer, tokenId } = await agent()
    const { data, next } = await call('preview_action', terminate)
    const { previewId } = data
    expect(next).toContain(`approve ${previewId} in the console`)
    const waiting = await call('carry_out', { previewId, arguments: terminate })
    expect(waiting).toMatchObject({ isError: true, error: { reason: 'APPROVAL_PENDING' } })

    expect(ourErrorOf(await approve(url, previewId, bearer))).toMatchObject({ reason: 'SCOPE_TOO_SMALL' })
    expect(ourErrorOf(await ask(`${url}/api/approvals`, { headers: bearer }))).toMatchObject({
      reason: 'SCOPE_TOO_SMALL',
    })
    const stranger = { ...sandboxHeaders, 'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000002' }
    expect(ourErrorOf(await approve(url, previewId, stranger))).toMatchObject({ reason: 'APPROVAL_UNKNOWN' })
    expect((await ask(`${url}/api/approvals`, { headers: stranger })).json.data.value).toEqual({
      approvals: [],
    })
    expect(ourErrorOf(await ask(`${url}/api/approvals`))).toMatchObject({ reason: 'CREDENTIALS_MISSING' })

    const { json } = await ask(`${url}/api/approvals`, { headers: sandboxHeaders })
    expect(json.data.value.approvals).toEqual([
      {
        id: previewId,
        tokenId,
        client: 'test-agent/1.2.3',
        asked: expect.any(Number),
        expires: expect.any(Number),
        shown: { action: 'terminate', regionId: REGION, count: 1, facts: data.facts },
      },
    ])
    expect((await approve(url, previewId)).json.data.value).toEqual({ id: previewId, decision: 'approve' })
    expect(ourErrorOf(await approve(url, previewId))).toMatchObject({ reason: 'APPROVAL_USED' })

    const done = await call('carry_out', { previewId, arguments: terminate })
    expect(done).toMatchObject({ isError: false, data: { approvedBy: 'console' } })
    expect(await statusOf(url)).toBe(404)
  })

  test('the server may have it so for all programs', async () => {
    const { agent, url } = await startForAgents({ HCA_MCP_ELICITATION: 'off' })
    const { call } = await agent(() => expect.fail('it was asked'))
    const { previewId } = (await call('preview_action', terminate)).data
    expect((await call('carry_out', { previewId, arguments: terminate })).error.reason).toBe(
      'APPROVAL_PENDING',
    )
    await approve(url, previewId)
    expect((await call('carry_out', { previewId, arguments: terminate })).data.approvedBy).toBe('console')
  })

  test('a no there is a no', async () => {
    const { agent, url, writes } = await startForAgents()
    const { call } = await agent()
    const { previewId } = (await call('preview_action', terminate)).data
    expect((await approve(url, previewId, sandboxHeaders, 'decline')).status).toBe(200)
    expect((await call('carry_out', { previewId, arguments: terminate })).error.reason).toBe(
      'APPROVAL_DECLINED',
    )
    expect(writes()).toEqual([])
  })

  test('keys that an agent came with approve nothing', async () => {
    const { url } = await startForAgents()
    const { call } = await overHttp(url, sandboxHeaders)
    const { data, next } = await call('preview_action', terminate)
    expect(next).toContain('cannot be approved like this')
    expect(ourErrorOf(await approve(url, data.previewId))).toMatchObject({ reason: 'APPROVAL_OF_ONE_SELF' })
  })

  test.each([
    ['no body', undefined, 'body', /JSON object/],
    ['a list', [], 'body', /JSON object/],
    ['no decision', { id: 'x' }, 'decision', /required/],
    ['another decision', { id: 'x', decision: 'maybe' }, 'decision', /approve, decline/],
    [
      'a word too much',
      { id: 'x', decision: 'approve', desicion: 'decline' },
      'desicion',
      /did you mean decision/,
    ],
  ])('%s is refused', async (_, body, field, description) => {
    const { url } = await startForAgents()
    const error = ourErrorOf(await send('POST', `${url}/api/approvals`, body, sandboxHeaders))
    expect(error.violations).toContainEqual({ field, description: expect.stringMatching(description) })
  })
})

describe('an approval is good for one thing', () => {
  test('not for other arguments, another session, or another caller', async () => {
    const { agent, url, writes } = await startForAgents()
    const first = await agent()
    const { previewId } = (await first.call('preview_action', terminate)).data
    await approve(url, previewId)
    const { bearer } = first
    const others = {
      'another instance': [first, { ...terminate, instanceIds: ['ins-5d8a23rs'] }],
      'one more': [first, { ...terminate, instanceIds: [INSTANCE, 'ins-5d8a23rs'] }],
      'the disks too': [first, { ...terminate, deleteVolume: true }],
      'another region': [first, { ...terminate, regionId: 'cn-south-1' }],
      'another action': [first, { ...terminate, action: 'reboot' }],
      'another session of the same token': [await overHttp(url, bearer, yes), terminate],
      'another token': [await agent(yes), terminate],
      'the keys behind it': [await overHttp(url, sandboxHeaders, yes), terminate],
    } as const
    for (const [what, [who, given]] of Object.entries(others)) {
      const told = await who.call('carry_out', { previewId, arguments: given })
      expect(told, what).toMatchObject({ isError: true, error: { reason: 'APPROVAL_OTHER_ARGUMENTS' } })
    }
    expect(writes()).toEqual([])
    // The order of the fields is no difference.
    const turned = Object.fromEntries(Object.entries(terminate).toReversed())
    expect(await first.call('carry_out', { previewId, arguments: turned })).toMatchObject({ isError: false })
    expect(writes()).toContain('DeleteServers')
  })

  test.each([
    ['before', false],
    ['after', true],
  ])('nor later than two minutes, %s it was approved', async (_, isApproved) => {
    let later = 0
    const { agent, url, writes } = await startForAgents({}, { elapsed: () => performance.now() + later })
    const { call } = await agent()
    const { previewId } = (await call('preview_action', terminate)).data
    later = 100_000
    if (isApproved) expect((await approve(url, previewId)).status).toBe(200)
    later = 121_000
    if (!isApproved)
      expect(ourErrorOf(await approve(url, previewId))).toMatchObject({ reason: 'APPROVAL_LATE' })
    expect(
      (await ask(`${url}/api/approvals`, { headers: sandboxHeaders })).json.data.value.approvals,
    ).toEqual([])
    const told = await call('carry_out', { previewId, arguments: terminate })
    expect(told).toMatchObject({ isError: true, error: { reason: 'APPROVAL_LATE' } })
    expect(writes()).toEqual([])
  })

  test('at the same moment one of two is told that it was used', async () => {
    const { agent, url } = await startForAgents()
    const { call } = await agent()
    const reboot = { ...terminate, action: 'reboot' }
    const { previewId } = (await call('preview_action', reboot)).data
    await approve(url, previewId)
    const both = await Promise.all([1, 2].map(() => call('carry_out', { previewId, arguments: reboot })))
    expect(both.map(({ error }) => error?.reason).toSorted()).toEqual(['APPROVAL_USED', undefined])
  })

  test('twenty may wait, and the next is told to', async () => {
    const { agent } = await startForAgents()
    const { call } = await agent()
    for (let n = 0; n < 20; n += 1) expect((await call('preview_action', terminate)).isError).toBe(false)
    expect((await call('preview_action', terminate)).error.reason).toBe('TOO_MANY_PREVIEWS')
  })

  test('an invented or guessed one is none', async () => {
    const { agent, url } = await startForAgents()
    const { call } = await agent(yes)
    const told = await call('carry_out', { previewId: '0'.repeat(16), arguments: terminate })
    expect(told).toMatchObject({ isError: true, error: { reason: 'APPROVAL_UNKNOWN' } })
    expect(ourErrorOf(await approve(url, '0'.repeat(16)))).toMatchObject({ reason: 'APPROVAL_UNKNOWN' })
  })
})
