import { describe, expect, test } from 'vitest'
import table from './endpoints.json' with { type: 'json' }
import { buildEndpoints, type Endpoints, GLOBAL, GLOBAL_IAM, isSandboxKey } from './endpoints.ts'

const ECS = `cn-north-1 cn-north-2 cn-north-4 cn-north-9 cn-north-11 cn-north-12 cn-east-2 cn-east-3 cn-east-4
  cn-east-5 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 cn-southwest-3 ap-southeast-1 ap-southeast-2
  ap-southeast-3 ap-southeast-4 ap-southeast-5 af-south-1 af-north-1 sa-brazil-1 la-north-2 la-south-2
  na-mexico-1 tr-west-1 me-east-1 ae-ad-1 eu-west-0 eu-west-101 my-kualalumpur-1 ru-moscow-1`.split(/\s+/)
const without = (...gone: string[]) => ECS.filter((region) => !gone.includes(region))
const KEY = 'HPUA1234567890ABCDEF'
const SANDBOX_KEY = 'SANDBOXACCESSKEY0001'
const SANDBOX = 'http://127.0.0.1:9000'

const urlOf = (endpoints: Endpoints, service: string, region: string) =>
  endpoints.published(service).find(({ id }) => id === region)?.url

describe('the table', () => {
  const endpoints = buildEndpoints()

  test.each([
    ['ecs', 33, ECS],
    ['ims', 33, ECS],
    ['vpc', 34, [...ECS, 'ru-northwest-2']],
    ['evs', 34, [...ECS, 'ru-northwest-2']],
    ['iam', 28, without('af-north-1', 'ap-southeast-5', 'cn-north-11', 'cn-south-4', 'cn-southwest-3')],
  ])('%s answers in %i regions', (service, count, expected) => {
    const regions = endpoints.regions(service)
    expect(regions).toHaveLength(count)
    expect(regions.toSorted()).toEqual(expected.toSorted())
    for (const region of regions) expect(endpoints.knows(service, region)).toBe(true)
  })

  test.each([
    ['ecs', 'cn-north-4', 'ecs.cn-north-4.myhuaweicloud.com'],
    ['ims', 'my-kualalumpur-1', 'ims.my-kualalumpur-1.myhuaweicloud.com'],
    ['vpc', 'ru-northwest-2', 'vpc.ru-northwest-2.myhuaweicloud.com'],
    ['eip', 'cn-north-4', 'vpc.cn-north-4.myhuaweicloud.com'],
    ['iam', 'cn-north-4', 'iam.cn-north-4.myhuaweicloud.com'],
    ['iam', 'eu-west-101', 'iam.eu-west-101.myhuaweicloud.eu'],
    ['iam', 'cn-south-4', GLOBAL_IAM],
    ['iam', 'ru-northwest-2', GLOBAL_IAM],
    ['iam', 'global', GLOBAL_IAM],
  ])('%s in %s is %s', (service, region, host) => {
    expect(endpoints.find(service, region, KEY)).toEqual({ origin: `https://${host}`, host })
    const isListed = endpoints.regions(service).includes(region)
    expect(urlOf(endpoints, service, region)).toBe(isListed ? `https://${host}` : undefined)
  })

  test.each(Object.keys(table.services))('%s: keys go to Huawei’s own hosts only', (service) => {
    for (const region of endpoints.regions(service)) {
      const { origin, host } = endpoints.find(service, region, KEY) ?? expect.fail(region)
      expect(host).toMatch(
        /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(myhuaweicloud\.(com|eu|cn)|huaweicloud\.com|myhwclouds\.com)$/,
      )
      expect(new URL(origin).host).toBe(host)
    }
  })

  test.each([
    '',
    'cn-north-5',
    'CN-NORTH-4',
    'cn-north-4 ',
    '__proto__',
    'constructor',
    'toString',
    'cn-north-4.evil.example',
    'a/b',
  ])('region %j is unknown to every service but the global one', (region) => {
    for (const service of ['ecs', 'ims', 'vpc', 'evs']) {
      expect(endpoints.knows(service, region)).toBe(false)
      expect(endpoints.find(service, region, KEY)).toBeUndefined()
      expect(urlOf(endpoints, service, region)).toBeUndefined()
    }
    expect(endpoints.knows('iam', region)).toBe(false)
    expect(endpoints.find('iam', region, KEY)).toEqual({ origin: `https://${GLOBAL_IAM}`, host: GLOBAL_IAM })
  })

  test.each(['', 'obs2', '__proto__', 'constructor', 'ECS'])('service %j is unknown', (service) => {
    expect(endpoints.regions(service)).toEqual([])
    expect(endpoints.find(service, 'cn-north-4', KEY)).toBeUndefined()
    expect(endpoints.similar(service, 'cn-north-4')).toEqual([])
  })

  test('a region of one service only is known to IAM and not to the others', () => {
    expect(endpoints.knows('iam', 'ru-northwest-2')).toBe(true)
    expect(endpoints.knows('ecs', 'ru-northwest-2')).toBe(false)
  })

  test('names the ids most like a mistyped one', () => {
    expect(endpoints.similar('ecs', 'cn-noth-4')[0]).toBe('cn-north-4')
    expect(endpoints.similar('ecs', 'CN_NORTH_4')[0]).toBe('cn-north-4')
    expect(endpoints.similar('ecs', 'eu-west-1')).toContain('eu-west-101')
    expect(endpoints.similar('ecs', 'completely-elsewhere-99')).toEqual([])
  })

  test('a list that is handed out may be changed without harm', () => {
    endpoints.regions('ecs').length = 0
    expect(endpoints.regions('ecs')).toHaveLength(33)
  })
})

describe('services', () => {
  const endpoints = buildEndpoints()

  test('are named, those of overrides last', () => {
    const one = new Map([
      ['ecs/here-1', 'http://127.0.0.1:1'],
      ['novel/here-1', 'http://127.0.0.1:1'],
    ])
    const services = buildEndpoints({ one }).services()
    expect(services).toEqual([...endpoints.services(), 'novel'])
    expect(endpoints.services()).toEqual(expect.arrayContaining(['ecs', 'iam', 'vpc', 'rds']))
    expect(endpoints.services()).not.toContain('obs')
  })

  test.each<[service: string, host: string | undefined]>([
    ['iam', GLOBAL_IAM],
    ['cdn', 'cdn.myhuaweicloud.com'],
    ['organizations', 'organizations.myhuaweicloud.com'],
    ['ecs', undefined],
    ['constructor', undefined],
  ])('%s without a region is asked at %s', (service, host) => {
    expect(endpoints.isGlobal(service)).toBe(host !== undefined)
    expect(endpoints.find(service, GLOBAL, KEY)?.host).toBe(host)
    expect(endpoints.knows(service, GLOBAL)).toBe(false)
  })
})

describe('sandbox keys', () => {
  test.each([
    ['SANDBOX', true],
    [SANDBOX_KEY, true],
    ['sandboxACCESSKEY', false],
    ['XSANDBOX', false],
    ['', false],
  ])('%j: %s', (key, expected) => expect(isSandboxKey(key)).toBe(expected))

  test('go to the sandbox, under Huawei’s own host names', () => {
    const endpoints = buildEndpoints({}, SANDBOX)
    const host = 'ecs.cn-north-4.myhuaweicloud.com'
    expect(endpoints.find('ecs', 'cn-north-4', SANDBOX_KEY)).toEqual({ origin: SANDBOX, host })
    expect(endpoints.find('ecs', 'cn-north-4', KEY)).toEqual({ origin: `https://${host}`, host })
    expect(endpoints.find('ecs', 'nowhere-1', SANDBOX_KEY)).toBeUndefined()
    expect(urlOf(endpoints, 'ecs', 'cn-north-4')).toBe(`https://${host}`)
  })

  test('go nowhere while it is off, least of all to Huawei', () => {
    const endpoints = buildEndpoints()
    for (const service of ['ecs', 'iam']) {
      expect(endpoints.find(service, 'cn-north-4', SANDBOX_KEY)).toBeUndefined()
      expect(endpoints.knows(service, 'cn-north-4')).toBe(true)
    }
  })
})

describe('overrides', () => {
  const one = new Map([
    ['ecs/cn-north-4', 'https://ecs.private.example:8443'],
    ['ecs/xx-new-1', 'http://10.0.0.1:80'],
  ])

  test('one for everything takes every service, region and key', () => {
    const endpoints = buildEndpoints({ everything: 'http://127.0.0.1:7000' }, SANDBOX)
    for (const key of [KEY, SANDBOX_KEY]) {
      for (const service of ['ecs', 'iam', 'vpc']) {
        const found = { origin: 'http://127.0.0.1:7000', host: '127.0.0.1:7000' }
        expect(endpoints.find(service, 'cn-north-4', key)).toEqual(found)
      }
    }
    expect(urlOf(endpoints, 'ecs', 'cn-north-4')).toBe('https://ecs.cn-north-4.myhuaweicloud.com')
    expect(endpoints.regions('ecs')).toHaveLength(33)
  })

  test('one for a service in a region wins over it, and over the sandbox', () => {
    const endpoints = buildEndpoints({ one, everything: 'http://127.0.0.1:7000' }, SANDBOX)
    const found = { origin: 'https://ecs.private.example:8443', host: 'ecs.private.example:8443' }
    for (const key of [KEY, SANDBOX_KEY]) expect(endpoints.find('ecs', 'cn-north-4', key)).toEqual(found)
    expect(endpoints.find('ims', 'cn-north-4', KEY)?.host).toBe('127.0.0.1:7000')
    expect(endpoints.find('ecs', 'cn-north-1', KEY)?.host).toBe('127.0.0.1:7000')
  })

  test('a region the table lacks appears, for that service and for IAM', () => {
    const endpoints = buildEndpoints({ one }, SANDBOX)
    expect(endpoints.regions('ecs')).toHaveLength(34)
    expect(endpoints.regions('ims')).toHaveLength(33)
    expect(['ecs', 'iam', 'ims'].map((service) => endpoints.knows(service, 'xx-new-1'))).toEqual([
      true,
      true,
      false,
    ])
    expect(endpoints.find('ecs', 'xx-new-1', KEY)).toEqual({ origin: 'http://10.0.0.1:80', host: '10.0.0.1' })
    expect(endpoints.find('ims', 'xx-new-1', KEY)).toBeUndefined()
    expect(endpoints.find('iam', 'xx-new-1', KEY)?.host).toBe(GLOBAL_IAM)
    expect(urlOf(endpoints, 'ecs', 'xx-new-1')).toBeUndefined()
    expect(endpoints.similar('ecs', 'xx-mew-1')).toEqual(['xx-new-1'])
  })

  test('a service the table lacks appears', () => {
    const endpoints = buildEndpoints({ one: new Map([['mine/xx-new-1', 'http://10.0.0.1']]) })
    expect(endpoints.regions('mine')).toEqual(['xx-new-1'])
    expect(endpoints.find('mine', 'xx-new-1', KEY)?.origin).toBe('http://10.0.0.1')
  })

  test('one service’s name at the beginning of another’s does not mix them up', () => {
    const endpoints = buildEndpoints({ one: new Map([['ecsx/xx-new-1', 'http://10.0.0.1']]) })
    expect(endpoints.regions('ecs')).toHaveLength(33)
  })
})
