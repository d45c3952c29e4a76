import { expect, test } from 'vitest'
import * as ecs from './ecs.ts'
import * as ecsAccount from './ecs-account.ts'
import * as ecsTags from './ecs-tags.ts'
import * as ecsVolumes from './ecs-volumes.ts'
import * as eip from './eip.ts'
import * as evs from './evs.ts'
import * as iam from './iam.ts'
import * as ims from './ims.ts'
import { fillPath, type Operation } from './operation.ts'
import * as vpc from './vpc.ts'

test.each([
  ['/v1/{project_id}/x', { project_id: '0123abcd' }, '/v1/0123abcd/x'],
  ['/v1/{a}/x/{b}', { a: '1', b: '2' }, '/v1/1/x/2'],
  ['/v1/{a}/{a}', { a: '1' }, '/v1/1/1'],
  ['/v3/projects', {}, '/v3/projects'],
  ['/v1/{a}', { a: 'é 日?#%&=:+' }, '/v1/%C3%A9%20%E6%97%A5%3F%23%25%26%3D%3A%2B'],
  ['/v1/{a}', { a: "!'()*~" }, '/v1/%21%27%28%29%2A~'],
  ['/v1/{a}', { a: '%2e%2e%2f' }, '/v1/%252e%252e%252f'],
  ['/v1/{a}', { a: '...' }, '/v1/...'],
  ['/v1/{a}', { a: '$&$1' }, '/v1/%24%26%241'],
  ['/v1/{a}', { a: '{b}', b: 'x' }, '/v1/%7Bb%7D'],
])('%j with %j is %j', (path, params: Record<string, string>, filled) =>
  expect(fillPath(path, params)).toBe(filled),
)

test.each([
  '',
  '.',
  '..',
  'a/b',
  '../../v3',
  '/',
  '\\',
  'a\\b',
  '\0',
  'a\r\nHost: evil',
  '\t',
  '\x7f',
  '\x85',
])('%j never becomes part of a path', (value) =>
  expect(() => fillPath('/v1/{id}/x', { id: value })).toThrow(new TypeError('id cannot be part of a path')),
)

test('a value that is missing, or only inherited from nowhere, is refused by name', () => {
  expect(() => fillPath('/v1/{project_id}', {})).toThrow('project_id cannot be part of a path')
  expect(() => fillPath('/v1/{toString}', {})).toThrow(TypeError)
})

const operations = [ecs, ecsAccount, ecsTags, ecsVolumes, eip, evs, iam, ims, vpc].flatMap((module) =>
  Object.values(module),
) as Operation[]

test.each(operations.map((row) => [row.name, row] as const))(
  '%s: writes say so, paths carry the project or the row does without, rows cannot be changed',
  (_, row) => {
    expect(Boolean(row.write)).toBe(row.method !== 'GET')
    expect(row.path).toMatch(/^\/v[\d.]+\//)
    expect(row.projectless === true).toBe(row.service === 'iam')
    expect(row.manual).toMatch(/^https:\/\/support\.huaweicloud\.com\//)
    expect(Object.isFrozen(row)).toBe(true)
  },
)
