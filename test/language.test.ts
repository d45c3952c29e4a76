import { describe, expect, test } from 'vitest'
import { languageOf } from '../src/gateway/language.ts'
import { ask, asked, keyHeaders, send, startBoth } from './helpers/house.ts'

describe('the language of texts', () => {
  test.each<[header: string | undefined, language: string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['fr, de;q=0.5', undefined],
    ['*', undefined],
    ['zh', 'zh-cn'],
    ['zh-TW', 'zh-cn'],
    ['en-GB', 'en-us'],
    ['ZH-cn', 'zh-cn'],
    ['en, zh', 'en-us'],
    ['zh, en', 'zh-cn'],
    ['en;q=0.5, zh;q=0.8', 'zh-cn'],
    ['en;q=0.5,zh', 'zh-cn'],
    ['fr, en;q=0.9, zh;q=0.9', 'en-us'],
    ['zh;q=0, en;q=0.1', 'en-us'],
    ['zh;q=0', undefined],
    ['zh; q = 0.3', 'zh-cn'],
    ['zhx, english', undefined],
    ['zh;q=7', undefined],
    [';;;q=, zh', 'zh-cn'],
  ])('%j means %j', (header, language) => {
    expect(languageOf(header === undefined ? {} : { 'accept-language': header })).toBe(language)
  })

  const REGION = 'regionId=cn-north-4'
  const create = {
    regionId: 'cn-north-4',
    name: 'a',
    imageId: 'i',
    instanceType: 't',
    vpcId: 'v',
    nics: [{ subnetId: 's' }],
    rootVolume: { volumeType: 'SSD' },
  }
  const action = { regionId: 'cn-north-4', servers: ['s-1'] }

  test.each<[method: string, path: string, body?: object]>([
    ['GET', `/api/images?${REGION}`],
    ['GET', `/api/instance-types?${REGION}`],
    ['GET', `/api/instances?${REGION}`],
    ['POST', '/api/instances', create],
    ['PUT', '/api/instances/start', action],
    ['PUT', '/api/instances/stop', action],
    ['PUT', '/api/instances/reboot', action],
    ['PUT', '/api/instances/terminate', action],
    ['GET', `/api/raw/ecs/v1/{project_id}/cloudservers/detail?${REGION}`],
  ])('is passed on by %s %s, signed', async (method, path, body) => {
    const { url, double } = await startBoth()
    const go = (headers: Record<string, string>) =>
      body
        ? send(method, `${url}${path}`, body, { ...keyHeaders, ...headers })
        : ask(`${url}${path}`, { headers: { ...keyHeaders, ...headers } })
    expect((await go({ 'accept-language': 'zh-CN,zh;q=0.9' })).status).toBe(200)
    expect((await go({ 'accept-language': 'en' })).status).toBe(200)
    expect((await go({ 'accept-language': 'fr' })).status).toBe(200)
    const sent = asked(double)
    expect(sent.map(({ headers }) => headers['x-language'])).toEqual(['zh-cn', 'en-us', undefined])
    expect(sent.every(({ verified }) => verified)).toBe(true)
    expect(sent[0]?.headers.authorization).toContain('x-language')
  })

  test('a raw call may say it in Huawei’s own words', async () => {
    const { url, double } = await startBoth()
    const headers = { ...keyHeaders, 'accept-language': 'zh', 'x-language': 'en-us' }
    await ask(`${url}/api/raw/ecs/v1/x?${REGION}`, { headers })
    expect(asked(double)[0]?.headers['x-language']).toBe('en-us')
  })
})
