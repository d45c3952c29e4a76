import { describe, expect, test } from 'vitest'
import { GatewayError } from './errors.ts'
import { readRawPath } from './raw-path.ts'

const refusal = (url: string): GatewayError => {
  try {
    readRawPath(url)
  } catch (error) {
    if (error instanceof GatewayError) return error
  }
  return expect.fail('was not refused')
}

describe('a raw path', () => {
  test.each<[url: string, service: string, path: string]>([
    ['/api/raw/ecs/v1/{project_id}/cloudservers?regionId=a', 'ecs', '/v1/{project_id}/cloudservers'],
    ['/api/raw/ecs/v1/%7Bproject_id%7D/x', 'ecs', '/v1/{project_id}/x'],
    ['/api/raw/ecs/v1/a-{project_id}.json', 'ecs', '/v1/a-{project_id}.json'],
    ['/api/raw/ecs/v1/{other}', 'ecs', '/v1/%7Bother%7D'],
    ['/api/raw/ecs/v1/%257Bproject_id%257D', 'ecs', '/v1/%257Bproject_id%257D'],
    ['/api/raw/ecs', 'ecs', '/'],
    ['/api/raw/ecs/', 'ecs', '/'],
    ['/api/raw/ecs/v2.1/', 'ecs', '/v2.1/'],
    ['/api/raw/', '', '/'],
    ['/%61pi/r%61w/%69am/v3/projects', 'iam', '/v3/projects'],
    ['http://127.0.0.1:8002/api/raw/ecs/v1', 'ecs', '/v1'],
    ['/api/raw/ecs/%252e%252e/x', 'ecs', '/%252e%252e/x'],
    ['/api/raw/ecs/...', 'ecs', '/...'],
    ['/api/raw/ecs/a%20b+c', 'ecs', '/a%20b%2Bc'],
    ['/api/raw/ecs/%E6%97%A5%3F%23', 'ecs', '/%E6%97%A5%3F%23'],
    ["/api/raw/ecs/a:b@c!$&'()*,;=", 'ecs', '/a%3Ab%40c%21%24%26%27%28%29%2A%2C%3B%3D'],
    ['/api/raw/ecs/x?next=/../y//z', 'ecs', '/x'],
  ])('%s is %s at %s', (url, service, path) => {
    expect(readRawPath(url)).toEqual({ service, path })
  })

  test.each([
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    'a%2Fb',
    'a%5cb',
    'a\\b',
    '%00',
    'a%0d%0ab',
    '%7f',
    '%C2%85',
    'a/',
    '#x',
  ])('with %j in its middle is refused', (part) => {
    expect(refusal(`/api/raw/ecs/v1/${part}/x`)).toMatchObject({
      reason: 'INVALID_ARGUMENT',
      details: { violations: [{ field: 'path' }] },
    })
  })

  test.each(['%', '%z', '%E6%97', '%ff', '%C0%AE'])('with the broken escape %s is refused', (part) => {
    expect(refusal(`/api/raw/ecs/${part}`).reason).toBe('MALFORMED_URL')
  })
})
