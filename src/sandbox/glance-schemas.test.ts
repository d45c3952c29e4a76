import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { bearing } from './test-token.ts'

const host = 'ims.cn-north-4.myhuaweicloud.com'

test('Glance tells what images and members look like', async () => {
  const cloud = await startCloud()
  const schema = async (name: string) => (await cloud.call({ host, path: `/v2/schemas/${name}` })).body
  expect((await schema('image')).properties.status.enum).toContain('active')
  expect((await schema('images')).properties.images.items.name).toBe('image')
  expect((await schema('member')).properties.status.enum).toContain('accepted')
  expect((await schema('members')).properties.members.items.name).toBe('member')
})

test('Glance tells its version to everybody', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call(bearing({ host, path: '/' }, undefined))
  expect([heard.status, heard.body.versions[0].links[0].href]).toEqual([300, `https://${host}/v2/`])
})
