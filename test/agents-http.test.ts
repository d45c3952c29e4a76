import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { Agent as Connections, fetch as fetchOver } from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import { INSTANCE, REGION, sandboxHeaders, startForAgents, terminate, yes } from './helpers/agents.ts'
import { ask, askRaw, ourErrorOf, send, startHouse } from './helpers/house.ts'
import { preloaded } from './helpers/preload.ts'
import { launcher, run, start, urlOf } from './helpers/program.ts'
import { startWorkers } from './helpers/workers.ts'

const MCP = { accept: 'application/json, text/event-stream' }

const hello = (version = '2025-06-18') => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: version, capabilities: {}, clientInfo: { name: 'x', version: '1' } },
})
const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' }

const say = (url: string, message: unknown, headers: Record<string, string> = sandboxHeaders) =>
  send('POST', `${url}/mcp`, message, { ...MCP, ...headers })

describe('the door of agents', () => {
  test.each([
    ['a foreign Host', ['Host: evil.example'], 'HOST_NOT_ALLOWED'],
    ['a foreign Origin', ['Origin: https://evil.example'], 'ORIGIN_NOT_ALLOWED'],
    ['a page of another site', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors'], 'ORIGIN_NOT_ALLOWED'],
  ])('is closed to %s', async (_, headers, reason) => {
    const { url } = await startHouse()
    const body = JSON.stringify(hello())
    const lines = Object.entries({ ...MCP, ...sandboxHeaders, 'content-type': 'application/json' })
    const asked = {
      method: 'POST',
      target: '/mcp',
      body,
      headers: [...lines.map((line) => line.join(': ')), ...headers],
    }
    expect(ourErrorOf(await askRaw(url, asked))).toMatchObject({ reason })
  })

  test('wants keys in headers, or a token that may read', async () => {
    const { url, agent } = await startForAgents()
    expect(ourErrorOf(await say(url, hello(), {}))).toMatchObject({ reason: 'CREDENTIALS_MISSING' })
    const inQuery = `${url}/mcp?accessKey=${sandboxHeaders['x-access-key']}&secretKey=${sandboxHeaders['x-secret-key']}`
    expect(ourErrorOf(await send('POST', inQuery, hello(), MCP))).toMatchObject({
      reason: 'CREDENTIALS_MISSING',
    })
    expect(ourErrorOf(await say(url, hello(), { authorization: 'Bearer hca_none' }))).toMatchObject({
      reason: 'TOKEN_UNKNOWN',
    })
    const { bearer } = await agent()
    expect(ourErrorOf(await say(url, hello(), { ...bearer, ...sandboxHeaders }))).toMatchObject({
      reason: 'CREDENTIALS_CONFLICT',
    })
    await expect(agent(undefined, ['iam'])).rejects.toThrow('SCOPE_TOO_SMALL')
  })

  test('needs neither GET nor DELETE', async () => {
    const { url } = await startHouse()
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const got = await ask(`${url}/mcp`, { method, headers: sandboxHeaders })
      expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
    }
  })

  test('gives a session to whom it belongs, for twelve hours', async () => {
    let later = 0
    const { url, agent } = await startForAgents({}, { now: () => Date.now() + later })
    const first = await say(url, hello())
    const session = { 'mcp-session-id': first.headers.get('mcp-session-id') ?? '' }
    expect(first.status).toBe(200)
    expect((await say(url, list, { ...sandboxHeaders, ...session })).text).toContain('list_regions')
    const fault = ourErrorOf(await say(url, list))
    expect(fault.violations).toEqual([{ field: 'Mcp-Session-Id', description: 'is required' }])
    const changed = { 'mcp-session-id': session['mcp-session-id'].replace(/^./, 'f') }
    const { bearer } = await agent()
    for (const headers of [
      { ...sandboxHeaders, ...changed },
      { ...sandboxHeaders, 'mcp-session-id': 'x.y' },
      { ...bearer, ...session },
      { ...sandboxHeaders, ...session, 'x-secret-key': `${sandboxHeaders['x-secret-key'].slice(0, -1)}2` },
    ])
      expect(ourErrorOf(await say(url, list, headers))).toMatchObject({ reason: 'MCP_SESSION_UNKNOWN' })
    later = 12 * 60 * 60_000
    expect(ourErrorOf(await say(url, list, { ...sandboxHeaders, ...session }))).toMatchObject({
      reason: 'MCP_SESSION_UNKNOWN',
    })
  })

  test.each([
    ['no message', 'x', 400],
    ['nothing', null, 400],
    ['a list', [], 400],
    ['a message of no kind', { jsonrpc: '2.0', method: 7 }, 400],
    ['an answer to no question', { jsonrpc: '2.0', id: 'approve.x.y', result: { action: 'accept' } }, 202],
    ['a notification', { jsonrpc: '2.0', method: 'notifications/initialized' }, 202],
  ])('%s harms nobody', async (_, message, status) => {
    const { url, log } = await startHouse()
    const session = { 'mcp-session-id': (await say(url, hello())).headers.get('mcp-session-id') ?? '' }
    expect((await say(url, message, { ...sandboxHeaders, ...session })).status).toBe(status)
    expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([])
  })

  test('has the limits of every other call', async () => {
    const { url } = await startHouse({ HCA_RATE_CALLER: '1' })
    const answers = [await say(url, hello()), await say(url, hello()), await say(url, hello())]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
  })

  test('leaves a log line for what is asked, and for each call that it takes', async () => {
    const { log, agent } = await startForAgents()
    const { call, tokenId } = await agent()
    await call('list_instances', { regionId: REGION })
    const linesOf = (wanted: string) => log.filter(({ route, method }) => `${method} ${route}` === wanted)
    await expect.poll(() => linesOf('GET /api/instances').length).toBe(1)
    for (const line of [...linesOf('GET /api/instances'), ...linesOf('POST /mcp')]) {
      expect(line.caller).toBe(`token:${tokenId}`)
      expect(line).not.toHaveProperty('reason')
    }
  })

  test('is counted', async () => {
    const { url, agent } = await startForAgents()
    const { call } = await agent()
    await call('list_regions')
    await call('list_instances', {})
    await call('nothing')
    const { text } = await ask(`${url}/metrics`)
    expect(text).toContain('hca_agent_tool_calls_total{tool="list_regions",outcome="ok"} 1')
    expect(text).toContain('hca_agent_tool_calls_total{tool="list_instances",outcome="error"} 1')
    expect(text).toContain('hca_agent_tool_calls_total{tool="unknown",outcome="error"} 1')
  })
})

describe('a token lets an agent do', () => {
  test('what its scope says', async () => {
    const { agent, writes } = await startForAgents()
    const reader = await agent(yes, ['read'])
    expect((await reader.tools()).filter((name) => !/^(?:list|show)_/.test(name))).toEqual([])
    for (const name of ['start_instances', 'preview_create', 'preview_action', 'carry_out'])
      expect((await reader.call(name, terminate)).error.reason).toBe('SCOPE_TOO_SMALL')

    const operator = await agent(yes, ['operate'])
    expect(await operator.tools()).not.toContain('preview_create')
    expect((await operator.call('preview_action', terminate)).error.reason).toBe('SCOPE_TOO_SMALL')
    const smuggled = { previewId: '0'.repeat(16), arguments: terminate }
    expect((await operator.call('carry_out', smuggled)).error.reason).toBe('SCOPE_TOO_SMALL')
    expect(writes()).toEqual([])
    const reboot = { ...terminate, action: 'reboot' }
    const { previewId } = (await operator.call('preview_action', reboot)).data
    expect((await operator.call('carry_out', { previewId, arguments: reboot })).isError).toBe(false)
    expect(writes()).toContain('BatchRebootServers')
  })

  test('that at /mcp alone, where it is of scope mcp', async () => {
    const { agent, url, writes } = await startForAgents()
    const { call, bearer } = await agent(yes, ['admin', 'mcp'])
    const stop = { regionId: REGION, servers: [{ id: INSTANCE }] }
    const refused = [
      await ask(`${url}/api/instances?regionId=${REGION}`, { headers: bearer }),
      await ask(`${url}/api/raw/ecs/v1/x?regionId=${REGION}`, { headers: bearer }),
      await send('PUT', `${url}/api/instances/stop`, stop, bearer),
      await send('PUT', `${url}/api/instances/terminate`, stop, bearer),
    ]
    for (const got of refused) {
      const { reason, metadata } = ourErrorOf(got)
      expect([reason, metadata]).toEqual(['SCOPE_TOO_SMALL', { only: '/mcp' }])
    }
    expect(writes()).toEqual([])
    const { previewId } = (await call('preview_action', terminate)).data
    expect((await call('carry_out', { previewId, arguments: terminate })).isError).toBe(false)
    expect(writes()).toContain('DeleteServers')
  })

  test('it in the regions it is for', async () => {
    const { agent } = await startForAgents()
    const { call } = await agent(yes, ['admin'], { regions: ['cn-south-1'] })
    expect((await call('list_instances', { regionId: '*' })).data.total).toBe(2)
    const told = await call('preview_action', terminate)
    expect(told).toMatchObject({
      isError: true,
      error: { reason: 'SCOPE_TOO_SMALL', metadata: { regions: 'cn-south-1' } },
    })
  })

  test('nothing once it has expired', async () => {
    let later = 0
    const { agent } = await startForAgents({}, { now: () => Date.now() + later })
    const { call } = await agent(undefined, ['read'], { expires: Date.now() + 60_000 })
    await call('list_regions')
    later = 60_000
    await expect(call('list_regions')).rejects.toThrow('TOKEN_EXPIRED')
  })
})

describe('with two workers', { timeout: 60_000 }, () => {
  test('any of them answers any message, and an approval is one for both', async () => {
    const { url, pids } = await startWorkers({ HCA_SANDBOX_PACE: 'at-once', HCA_MCP_WRITES: 'on' })
    expect(new Set(pids()).size).toBe(2)
    const client = new Client({ name: 't', version: '1' }, { capabilities: { elicitation: {} } })
    client.setRequestHandler(ElicitRequestSchema, async () => ({
      action: 'accept',
      content: { approve: true },
    }))
    // Each on a connection of its own: they go to the workers in turn.
    const apart = (to: string | URL, init?: RequestInit) => {
      const dispatcher = new Connections({ pipelining: 0 })
      return fetchOver(to as string, { ...(init as object), dispatcher }) as unknown as Promise<Response>
    }
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
      requestInit: { headers: sandboxHeaders },
      fetch: apart,
    })
    onTestFinished(() => client.close())
    await client.connect(transport as Transport)
    for (const action of ['reboot', 'stop', 'reboot', 'terminate']) {
      const given = { ...terminate, action: action === 'reboot' ? 'stop' : action, hard: undefined }
      const preview = await client.callTool({ name: 'preview_action', arguments: given })
      const { previewId } = (preview.structuredContent as { data: { previewId: string } }).data
      const done = await client.callTool({ name: 'carry_out', arguments: { previewId, arguments: given } })
      expect(done.structuredContent).toMatchObject({ data: { approvedBy: 'elicitation' } })
      const again = await client.callTool({ name: 'carry_out', arguments: { previewId, arguments: given } })
      expect(again.structuredContent).toMatchObject({ error: { reason: 'APPROVAL_USED' } })
    }
    const path = `${url}/api/instances/${INSTANCE}?regionId=${REGION}`
    expect((await ask(path, { headers: sandboxHeaders })).status).toBe(404)
  })
})

describe('without the package that speaks MCP', { timeout: 60_000 }, () => {
  const hidden = () =>
    preloaded(`import { registerHooks } from 'node:module'
registerHooks({
  resolve(name, context, next) {
    if (!name.startsWith('@modelcontextprotocol')) return next(name, context)
    throw Object.assign(new Error("Cannot find package '" + name + "'"), { code: 'ERR_MODULE_NOT_FOUND' })
  },
})
`)

  test('everything else is served, and /mcp says why not', async () => {
    const url = await urlOf(start(process.execPath, [launcher, '--port', '0'], hidden()))
    expect((await fetch(`${url}/api/regions`)).status).toBe(200)
    const got = await say(url, hello())
    expect(ourErrorOf(got)).toMatchObject({ status: 'UNIMPLEMENTED', reason: 'MCP_NOT_INSTALLED' })
    expect(got.status).toBe(501)
  })

  test('mcp says so in one line', async () => {
    const { code, stdout, stderr } = await run(['mcp', '--profile', 'sandbox'], hidden())
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^huawei-cloud-api: mcp needs the package @modelcontextprotocol\/sdk: .*\n$/)
  })
})

test('a drain gives up the question to a person, and the server ends', async () => {
  const { agent, gateway, writes } = await startForAgents()
  let asked = () => {}
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const { call } = await agent(() => {
    asked()
    return new Promise(() => {}) as never
  })
  const { previewId } = (await call('preview_action', terminate)).data
  const told = call('carry_out', { previewId, arguments: terminate })
  await isAsked
  gateway.drain()
  expect(await told).toMatchObject({ isError: true, error: { reason: 'APPROVAL_PENDING' } })
  expect(writes()).toEqual([])
})
