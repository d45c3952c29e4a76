import { expect } from 'vitest'
import { projectIdOf } from '../helpers/double.ts'
import { each, get, type InputRow, images, named, REGION, raw, start, startWith } from './input-row.ts'

const instance = (id: string) => get(`/api/instances/${id}?${REGION}`)
const BAD_ID = { status: 400, reason: 'INVALID_ARGUMENT', fields: ['instanceId'] } as const
const badIds = (id: string, ids: readonly string[], event?: true): InputRow[] =>
  each(ids, (written) => ({
    id,
    what: `the id ${named(written)}`,
    send: instance(written),
    expect: event ? { ...BAD_ID, event } : BAD_ID,
  }))
const inBody = (id: string, ids: readonly string[]): InputRow[] =>
  each(ids, (given) => ({
    id,
    what: `the id ${named(given)} in a body`,
    send: startWith({ servers: [{ id: given }] }),
    expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['servers[0].id'] },
  }))
const notFound = (id: string, targets: readonly string[]): InputRow[] =>
  each(targets, (target) => ({
    id,
    what: `the path ${named(target)}`,
    send: get(target),
    expect: {
      status: 404,
      word: 'NOT_FOUND',
      reason: 'ROUTE_NOT_FOUND',
      more: ({ text }) => expect(text).not.toContain('PATH'),
    },
  }))
const unknownRegion = (id: string, regions: readonly string[], event?: true): InputRow[] =>
  each(regions, (region) => ({
    id,
    what: `the region ${named(region)}`,
    send: get(`/api/images?regionId=${encodeURIComponent(region)}`),
    expect: {
      status: 400,
      reason: 'UNKNOWN_REGION',
      fields: ['regionId'],
      ...(event ? { event } : {}),
      more: ({ text }) => expect(text).not.toContain('evil'),
    },
  }))

/** Ids, paths, regions and projects. */
export const pathRows: InputRow[] = [
  ...badIds('I-39', ['..%2f..%2fv3%2fauth%2ftokens', '..%2F..%2Fv3', 'a%2fb'], true),
  ...inBody('I-39', ['../../v3/auth/tokens']),
  ...badIds('I-40', ['%2e%2e', '..%5c..', '.', '..', 'a%5cb'], true),
  ...inBody('I-40', ['..', '..\\..', '.']),
  ...notFound('I-41', ['/api/instances/../images?PATH', '/../../etc/PATH', '/api/images/../../PATH']),
  ...badIds('I-42', ['a%00', '%00', 'ins-1%00.png'], true),
  ...inBody('I-42', ['a\0']),
  ...badIds('I-43', ['a%0d%0aX-Evil:1', 'a%0a', '%0d'], true),
  ...inBody('I-43', ['a\r\nX-Evil: 1', 'a\n']),
  ...badIds('I-44', ['a%3fb=1', 'a%23b', 'a%26b', 'a%25b'], true),
  ...inBody('I-44', ['a?b=1', 'a#b', 'a&b=1']),
  ...badIds('I-45', ['a;a=b', '*', 'a%20b', '%22a%22', "'a'", 'a%3ba']),
  ...inBody('I-45', ['a;b', '*', 'a b', '"a"', "'"]),
  ...badIds('I-46', ['%252e%252e%252f', 'a%252fb'], true),
  ...each(
    ['%c0%ae', 'a%ff', '%ed%a0%80'],
    (id): InputRow => ({
      id: 'I-47',
      what: `the id ${id}, which is no UTF-8`,
      send: instance(`PATH${id}`),
      expect: {
        status: 400,
        reason: 'MALFORMED_URL',
        ...(id === '%ed%a0%80' ? {} : { event: true as const }),
        more: ({ text }) => expect(text).not.toContain('PATH'),
      },
    }),
  ),
  ...each(
    ['/api/PATH%zz', '/api/instances/PATH%z', '/api/raw/ecs/v1/PATH%'],
    (target): InputRow => ({
      id: 'I-48',
      what: `the path ${target}`,
      send: get(`${target}?regionId=cn-north-4`),
      expect: {
        status: 400,
        reason: 'MALFORMED_URL',
        more: ({ text }) => expect(text).not.toContain('PATH'),
      },
    }),
  ),
  ...each(
    ['&name=%zz', '&name=%ff', '&%zz=1', '&name=%'],
    (search): InputRow => ({
      id: 'I-49',
      what: `the query ${search}: MALFORMED_URL`,
      send: images(search),
      expect: { status: 400, reason: 'MALFORMED_URL' },
    }),
  ),
  ...badIds('I-50', ['a'.repeat(65), 'a'.repeat(101), 'a'.repeat(5_000)]),
  ...inBody('I-50', ['a'.repeat(101), 'a'.repeat(5_000)]),
  ...badIds('I-51', ['%7Bb37fd80e-1111-4222-8333-000000000000%7D', '_a', '-a']),
  ...each(
    [
      'B37FD80E-1111-4222-8333-000000000000',
      'b37fd80e111142228333000000000000',
      'ins-r8hr2upy',
      'a'.repeat(64),
    ],
    (id): InputRow => ({
      id: 'I-51',
      what: `the id ${id} is of our pattern, and asked for`,
      send: startWith({ servers: [{ id }] }),
      expect: { status: 200, sent: 1 },
    }),
  ),
  ...badIds('I-52', ['%EF%BC%91%EF%BC%92', '%D0%B01']),
  ...inBody('I-52', ['１２３', 'а1', 'é', '٣']),
  ...notFound('I-53', ['/api/instances/?regionId=cn-south-1', '/api/jobs/?regionId=cn-south-1']),
  ...notFound('I-54', [
    '//api/images',
    '/api//images',
    '/api/images/',
    '/API/images',
    '/api/Images',
    '/api/regions/',
  ]),
  {
    id: 'I-55',
    what: '1,000 segments, in 5 ms once warm',
    async send(house) {
      for (let n = 0; n < 9; n += 1) await get('/a'.repeat(1_000))(house)
      return get('/a'.repeat(1_000))(house)
    },
    expect: {
      status: 404,
      reason: 'ROUTE_NOT_FOUND',
      more: async (_, { logged }) => {
        const took = (await logged(10)).map(({ ms }) => Number(ms))
        expect(Math.min(...took)).toBeLessThanOrEqual(25) // where others use the machine, too
      },
    },
  },
  ...notFound('I-56', [
    '/PATH',
    '/api/PATH',
    '/api/instances/ins-1/PATH',
    '/api/raw',
    '/api/PATH?secret=PATH',
  ]),
  ...each(
    ['/api/images', '/api/images?regionId=', '/api/instances?region='],
    (target): InputRow => ({
      id: 'I-57',
      what: `no region: ${target}`,
      send: get(target),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['regionId'] },
    }),
  ),
  {
    id: 'I-57',
    what: 'no region in a body',
    send: start({ servers: [{ id: 'ins-1' }] }),
    expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['regionId'] },
  },
  ...unknownRegion(
    'I-58',
    ['evil.example/', 'x@evil.example', 'cn-north-4.evil.example#', '127.0.0.1:80/', '169.254.169.254'],
    true,
  ),
  ...unknownRegion(
    'I-59',
    ['cn-north-4\r\nHost: evil.example', 'cn-north-4\0', 'cn-north-4\t', '\ncn-north-4'],
    true,
  ),
  ...unknownRegion('I-59', ['x'.repeat(7_000)]),
  {
    id: 'I-59',
    what: 'a region of 10 kB, in a body',
    send: startWith({ regionId: 'x'.repeat(10_000) }),
    expect: { status: 400, reason: 'UNKNOWN_REGION', fields: ['regionId'] },
  },
  ...unknownRegion('I-60', ['__proto__', 'constructor'], true),
  ...unknownRegion('I-60', ['toString', 'hasOwnProperty']),
  ...each(
    ['CN-NORTH-4', ' cn-north-4 '],
    (region): InputRow => ({
      id: 'I-61',
      what: `the region ${JSON.stringify(region)}, with the one that is meant`,
      send: get(`/api/images?regionId=${encodeURIComponent(region)}`),
      expect: {
        status: 400,
        reason: 'UNKNOWN_REGION',
        more: ({ json }) => expect(json.error.message).toContain('cn-north-4'),
      },
    }),
  ),
  {
    id: 'I-61',
    what: 'a region like no other, with the way to see all',
    send: get('/api/images?regionId=zz'),
    expect: {
      status: 400,
      reason: 'UNKNOWN_REGION',
      more: ({ json }) => expect(json.error.message).toContain('/api/regions'),
    },
  },
  ...each(
    ['&regionId=cn-south-1', '&region=cn-north-4', '&projectId=a&projectId=b'],
    (search): InputRow => ({
      id: 'I-62',
      what: `a parameter of ours given twice: ${search}`,
      send: images(search),
      expect: { status: 400, reason: 'INVALID_ARGUMENT' },
    }),
  ),
  {
    id: 'I-62',
    what: "a list's other parameters may repeat, and pass on so",
    send: images('&name=a&name=b'),
    expect: {
      status: 200,
      sent: 1,
      more: (_, { double }) => expect(double?.requests.at(-1)?.query.getAll('name')).toEqual(['a', 'b']),
    },
  },
  ...each(
    ['endpoint', 'host', 'url'],
    (name): InputRow => ({
      id: 'I-63',
      what: `${name}= on a list passes on as it is, and changes no host`,
      send: images(`&${name}=evil.example`, 'X-Huawei-Host: evil.example', 'X-Forwarded-Host: evil.example'),
      expect: {
        status: 200,
        sent: 1,
        more: (_, { double }) => {
          const { query, headers } = double?.requests.at(-1) ?? {}
          expect(query?.get(name)).toBe('evil.example')
          expect(JSON.stringify(headers)).not.toContain('evil.example')
          expect(`http://${headers?.host}`).toBe(double?.url)
        },
      },
    }),
  ),
  ...each(
    ['endpoint', 'host', 'url'],
    (name): InputRow => ({
      id: 'I-63',
      what: `${name} elsewhere`,
      send: startWith({ [name]: 'evil.example' }),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: [name] },
    }),
  ),
  ...each(
    ['a/b', '../x', 'a'.repeat(10_000), '', 'a b'],
    (projectId): InputRow => ({
      id: 'I-64',
      what: `the project ${named(projectId)}`,
      send: startWith({ projectId }),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['projectId'] },
    }),
  ),
  {
    id: 'I-64',
    what: 'a project that is not 32 hex digits and of our pattern is taken',
    send: images('&projectId=p-1'),
    expect: { status: 200, sent: 1 },
  },
  {
    id: 'I-65',
    what: 'a project of another account is sent, and Huawei refuses',
    send(house) {
      house.double?.answer('GET /v2/images', {
        status: 403,
        body: '{"error_code":"APIGW.0302","error_msg":"This user is not allowed"}',
      })
      return images(`&projectId=${projectIdOf('of-another')}`)(house)
    },
    expect: { status: 403, word: 'PERMISSION_DENIED', reason: 'APIGW.0302', sent: 1 },
  },
  {
    id: 'I-56',
    what: 'an unknown route with another method',
    send: raw({ method: 'PUT', target: '/api/PATH' }),
    expect: { status: 404, reason: 'ROUTE_NOT_FOUND' },
  },
]
