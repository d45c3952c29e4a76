import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { catalogue } from '../src/gateway/catalogue.ts'
import { openApi } from '../src/gateway/openapi/document.ts'
import { exampleOf } from '../src/gateway/openapi/example.ts'
import { RAW_PATH } from '../src/gateway/openapi/raw.ts'
import type { OpenApi, Operation, Parameter, Ref, Response } from '../src/gateway/openapi/types.ts'
import { type Route, route as row } from '../src/gateway/route.ts'
import { routes } from '../src/gateway/routes/index.ts'
import { listRegions } from '../src/gateway/routes/regions.ts'
import { requestOf, sandboxKeys } from './helpers/examples.ts'
import { ask, startHouse } from './helpers/house.ts'
import { root, start } from './helpers/program.ts'

const document = openApi('0.0.0')

const operations = Object.entries(document.paths).flatMap(([path, all]) =>
  Object.entries(all).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)

const operationOf = ({ method, path }: Route): Operation =>
  document.paths[path]?.[method.toLowerCase()] ?? expect.fail(`${method} ${path} is not in the document`)

const resolved = (one: Parameter | Ref): Parameter =>
  '$ref' in one
    ? (document.components.parameters[one.$ref.split('/').at(-1) ?? ''] ?? expect.fail(one.$ref))
    : one

describe('/openapi.json', () => {
  test('is served to anybody, whole, for as long as it is the same', async () => {
    const { url } = await startHouse()
    const { status, headers, json, text } = await ask(`${url}/openapi.json`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(json.openapi).toMatch(/^3\.1\.\d+$/)
    expect(json.servers).toEqual([{ url: '/', description: 'This server.' }])
    expect({ ...json, info: undefined }).toEqual(JSON.parse(JSON.stringify({ ...document, info: undefined })))
    expect(text).not.toContain('SANDBOXACCESSKEY')

    const etag = headers.get('etag') ?? expect.fail('it has no ETag')
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask(`${url}/openapi.json`, { headers: { 'if-none-match': known } })
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
    }
    expect((await ask(`${url}/openapi.json`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    const head = await ask(`${url}/openapi.json`, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag'), head.text]).toEqual([200, etag, ''])
  })
})

describe('the document is clean', () => {
  const lint = async (text: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'openapi.json')
    writeFileSync(file, text)
    const { stdout } = await new Promise<{ stdout: string }>((resolve) => {
      execFile(
        process.execPath,
        [
          join(root, 'node_modules/@redocly/cli/bin/cli.js'),
          'lint',
          file,
          '--format=json',
          `--config=${join(root, 'test/fixtures/redocly.yaml')}`,
        ],
        {
          cwd: folder,
          env: {
            PATH: process.env.PATH ?? '',
            HOME: folder,
            REDOCLY_TELEMETRY: 'off',
            REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
            HTTPS_PROXY: 'http://127.0.0.1:9', // nowhere: it must do without a network
          },
          maxBuffer: 10_000_000,
        },
        (_, stdout) => resolve({ stdout }),
      )
    })
    return JSON.parse(stdout.slice(stdout.indexOf('{'))) as { totals: object; problems: { ruleId: string }[] }
  }

  test('for the linter, without a warning', { timeout: 60_000 }, async () => {
    const { url } = await startHouse()
    const { text } = await ask(`${url}/openapi.json`)
    const { problems, totals } = await lint(text)
    expect(problems).toEqual([])
    expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 })
  })

  test('and the linter would tell', { timeout: 60_000 }, async () => {
    const text = JSON.stringify(document).replace('"operationId":"listImages"', '"operationId":"listRegions"')
    const { problems } = await lint(text)
    expect(problems.map(({ ruleId }) => ruleId)).toContain('operation-operationId-unique')
  })
})

describe('the document is complete', () => {
  const AGENTS = ['GET /api/approvals', 'POST /api/approvals', 'POST /mcp']

  const PAGES = [
    'GET /',
    'GET /welcome',
    'GET /console',
    'GET /docs',
    'GET /openapi.json',
    'GET /livez',
    'GET /readyz',
    'GET /metrics',
  ]

  test('every route is in it, the pages, the raw path, the doors of agents, and nothing else', () => {
    const said = operations.map(({ method, path }) => `${method} ${path}`)
    const rows = routes.map(({ method, path }) => `${method} ${path}`)
    const raw = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} ${RAW_PATH}`)
    expect(said.toSorted()).toEqual([...rows, ...raw, ...AGENTS, ...PAGES].toSorted())
  })

  test('no two operations share an id', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(Object.entries(catalogue).filter(([reason]) => reason !== 'CLIENT_LEFT'))(
    '%s is told of under its status',
    (reason, { code, text }) => {
      const saying = operations.filter(({ operation }) => {
        const response = operation.responses[String(code)]
        return response && responseText(response).includes(`- \`${reason}\`: ${text}`)
      })
      expect(saying.length).toBeGreaterThan(0)
    },
  )

  const responseText = (response: Response | Ref): string =>
    '$ref' in response
      ? (document.components.responses[response.$ref.split('/').at(-1) ?? '']?.description ?? '')
      : response.description

  test.each(routes.map((route) => [route.name, route] as const))('%s says what it takes', (_, route) => {
    const operation = operationOf(route)
    const parameters = (operation.parameters ?? []).map(resolved)
    const names = parameters.map(({ name }) => name)
    const media = operation.requestBody?.content['application/json']
    const bodies = ((media?.schema.oneOf as object[] | undefined) ?? (media ? [media.schema] : [])).flatMap(
      (schema) => Object.keys((schema as { properties?: object }).properties ?? {}),
    )
    const fields = [
      ...Object.keys(route.fields.properties),
      ...Object.keys(route.instead?.fields.properties ?? {}),
      ...(route.needs === 'none' ? [] : ['regionId', 'projectId']),
      ...(route.list ? ['all', 'fields', 'sort'] : []),
    ]
    expect(fields.filter((name) => !names.includes(name) && !bodies.includes(name))).toEqual([])
    expect(names.includes('Prefer')).toBe(route.job !== undefined)
    expect(operation['x-scope']).toBe(route.scope)
    expect(operation.security?.length === 0).toBe(route.needs === 'none')
  })
})

describe('the examples', () => {
  test.each(routes.map((route) => [route.name, route] as const))(
    'of %s are those that are sent',
    (_, route) => {
      const operation = operationOf(route)
      const parameters = (operation.parameters ?? []).map(resolved)
      const shown = parameters.filter(({ example, name }) => example !== undefined && name !== 'parameters')
      const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(String(shown.find((parameter) => parameter.name === name)?.example)),
      )
      const query = new URLSearchParams(
        shown
          .filter((one) => one.in === 'query')
          .map(({ name, example }): [string, string] => [name, String(example)]),
      )
      const body = operation.requestBody?.content['application/json']?.example

      const { shown: all } = exampleOf(route)
      const { regionId, ...fields } = all
      const sent = requestOf(route, { ...(regionId ? { regionId: String(regionId) } : {}), fields })
      expect({
        method: route.method,
        path: query.size > 0 ? `${path}?${query}` : path,
        ...(body === undefined ? {} : { body }),
      }).toEqual({ ...sent, ...(body === undefined && sent.body ? { body: undefined } : {}) })
      expect(fields).toMatchObject(route.example.fields ?? {})
    },
  )

  test('of the raw path works', async () => {
    const { url } = await startHouse()
    const example = (name: string) =>
      document.paths[RAW_PATH]?.get?.parameters?.map(resolved).find((one) => one.name === name)?.example
    const target = `${url}/api/raw/${example('service')}/${example('path')}?regionId=${example('regionId')}`
    const { status, json } = await ask(target, { headers: sandboxKeys })
    expect(status).toBe(200)
    expect(json.servers.length).toBeGreaterThan(0)
  })

  test('that docs/http-api.md shows for reading work by copy and paste', { timeout: 60_000 }, async () => {
    const { url } = await startHouse()
    const page = readFileSync(join(root, 'docs/http-api.md'), 'utf8')
    const [keys = ''] = /^H=.*$/m.exec(page) ?? []
    const lines = [...page.matchAll(/^curl (?!-X|-N).*$/gm)]
      .map(([line]) => line)
      .filter((line) => !/\/[A-Z]+_[A-Z]+\b/.test(line))
    expect(lines.length).toBeGreaterThan(5)
    const script = lines.map((line) => line.replace(/^curl /, 'curl -sS --fail-with-body -o /dev/null '))
    const asTyped = [keys, 'set -e', ...script].join('\n').replaceAll('http://127.0.0.1:8002', url)
    const { code, stderr } = await start('bash', ['-c', asTyped]).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})

describe('shapes', () => {
  const inRow = (value: Route['value']) =>
    openApi('0.0.0', [
      { ...listRegions, value },
      row({ ...listRegions, path: '/api/other', name: 'other', value }),
    ])

  test('that stand in two places stand once', () => {
    const [region] = Object.keys(
      (listRegions.value as { properties?: object }).properties ?? expect.fail('no fields'),
    )
    const document: OpenApi = inRow({
      type: 'object',
      properties: {
        [region ?? '']: {
          type: 'array',
          items: {
            type: 'object',
            properties: Object.fromEntries(
              Array.from({ length: 20 }, (_, at) => [`f${at}`, { type: 'string' }]),
            ),
          },
        },
      },
    } as Route['value'])
    const text = JSON.stringify(document)
    expect(text.match(/"f19"/g)).toHaveLength(1)
    expect(text).toMatch(/"\$ref":"#\/components\/schemas\/Region/)
  })
})
