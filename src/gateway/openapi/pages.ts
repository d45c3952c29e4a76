import { alwaysWith, headerRefs } from './headers.ts'
import { problemsOf } from './problems.ts'
import { ref } from './schema.ts'
import type { Operation, Response, Schema } from './types.ts'

const request = { method: 'GET', needs: 'none' } as const

const withHeaders = (description: string, content: Record<string, Schema>): Response => ({
  description,
  headers: headerRefs('X-Request-Id'),
  content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }])),
})

const status = (...words: string[]): Schema => ({
  type: 'object',
  required: ['status'],
  additionalProperties: false,
  properties: { status: { enum: words } },
})

const page = (
  row: Pick<Operation, 'operationId' | 'summary'>,
  responses: Operation['responses'],
): Operation => ({
  ...row,
  tags: ['server'],
  'x-scope': 'open',
  security: [],
  responses: { ...problemsOf(request), ...responses },
})

const text: Schema = { type: 'string' }
const unchanged: Response = {
  description: 'As you have it already.',
  headers: { ...headerRefs('X-Request-Id'), ...alwaysWith('ETag') },
}

/** What is neither a row of the route table nor a part of a page. */
export const pagePaths: Record<string, { get: Operation }> = {
  '/': {
    get: page(
      { operationId: 'welcome', summary: 'What there is, and one line to try; in English or Chinese.' },
      {
        200: withHeaders('The page.', { 'text/plain': text, 'text/html': text }),
        302: {
          description: 'A browser is sent to the console, where it is built.',
          headers: headerRefs('X-Request-Id', 'Location'),
        },
      },
    ),
  },
  '/welcome': {
    get: page(
      { operationId: 'welcomePage', summary: 'The same, where a browser is not sent on.' },
      { 200: withHeaders('The page.', { 'text/plain': text, 'text/html': text }) },
    ),
  },
  '/console': {
    get: page(
      {
        operationId: 'console',
        summary: 'The console, for browsers, as every path below it; `HCA_CONSOLE` switches it off.',
      },
      {
        200: withHeaders('The page.', { 'text/html': text }),
        404: ref('responses', 'NotFound'),
      },
    ),
  },
  '/docs': {
    get: page(
      { operationId: 'docs', summary: 'This document to read and try, without any other site.' },
      { 200: withHeaders('The page.', { 'text/html': text }) },
    ),
  },
  '/openapi.json': {
    get: page(
      { operationId: 'openapi', summary: 'This document.' },
      {
        200: {
          ...withHeaders('OpenAPI 3.1.', { 'application/json': { type: 'object' } }),
          headers: { ...headerRefs('X-Request-Id'), ...alwaysWith('ETag') },
        },
        304: unchanged,
      },
    ),
  },
  '/livez': {
    get: page(
      { operationId: 'livez', summary: 'Whether the process runs.' },
      { 200: withHeaders('It does.', { 'application/json': status('ok') }) },
    ),
  },
  '/readyz': {
    get: page(
      { operationId: 'readyz', summary: 'Whether it takes requests.' },
      {
        200: withHeaders('It does.', { 'application/json': status('ready') }),
        503: withHeaders('It is ending, or has more to do than it can.', {
          'application/json': status('draining', 'overloaded'),
        }),
      },
    ),
  },
  '/metrics': {
    get: page(
      {
        operationId: 'metrics',
        summary: 'What was asked, how it went and how long it took, for Prometheus.',
      },
      { 200: withHeaders('The numbers.', { 'text/plain': text }) },
    ),
  },
}
