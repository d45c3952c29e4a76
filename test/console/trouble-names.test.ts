import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import {
  JSON_TYPE,
  main,
  NOTHING,
  REGION,
  refusing,
  server,
  signedIn,
  startCloud,
  telling,
} from './kit/cloud.ts'
import type { Visit } from './kit/visit.ts'

closesBrowser()

const MARKUP = '<img src=x onerror="window.hit=1"><b>bold</b>'
const TURNED = 'abc\u202egnp.exe'
const ODD = `${MARKUP}${TURNED}`
const SHOWN = `${MARKUP}abc`
const at = `/console/instances/${REGION}/${server(1).id}`

/** Nothing of it became a part of the page, and nothing turns the text around it. */
async function isText({ page, violations, complaints }: Visit): Promise<void> {
  expect(await page.evaluate('document.querySelectorAll("main img, main b, [role=dialog] img").length')).toBe(
    0,
  )
  expect(await page.evaluate('window.hit')).toBeUndefined()
  expect(await page.title()).not.toContain('\u202e')
  expect(await violations()).toEqual([])
  expect(complaints).toEqual([])
}

const odd = (fields: object) => ({
  id: 'odd-1',
  name: ODD,
  status: 'ACTIVE',
  availability_zone: `${REGION}a`,
  ...fields,
})

const ADDRESSES = {
  net: [
    { addr: '10.0.0.2', 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS:port_id': 'port-1' },
    { addr: '1.2.3.4', 'OS-EXT-IPS:type': 'floating', 'OS-EXT-IPS:port_id': 'port-1' },
  ],
}

const EVERYWHERE = {
  ...NOTHING,
  count: 1,
  servers: [{ ...server(1, ODD), tags: [`${TURNED}=${TURNED}`], addresses: ADDRESSES }],
  server: {
    ...server(1, ODD),
    description: ODD,
    fault: { code: 500, message: ODD, details: ODD, created: '2026-01-01T00:00:00Z' },
    security_groups: [{ name: ODD }],
  },
  tags: [{ key: TURNED, value: ODD }],
  images: [odd({ __imagetype: 'private', visibility: 'private', __os_type: 'Linux', __platform: ODD })],
  vpcs: [odd({ cidr: '10.0.0.0/8', description: ODD })],
  subnets: [odd({ cidr: '10.0.0.0/24', vpc_id: 'odd-1' })],
  security_groups: [odd({ description: ODD, security_group_rules: [] })],
  publicips: [odd({ alias: ODD, public_ip_address: '1.2.3.4', status: 'ACTIVE', port_id: 'port-1' })],
  volumes: [odd({ status: 'available', size: 10, volume_type: 'SSD' })],
}

describe('texts of others are text', () => {
  inBrowser.for([
    '/console/instances',
    '/console/images',
    '/console/networks',
    '/console/networks?show=groups',
    '/console/networks?show=ips',
  ])('in the list at %s', PATIENCE, async (path) => {
    const cloud = await startCloud(telling(EVERYWHERE))
    const seen = await signedIn(cloud.url, path)
    await main(seen).getByText(SHOWN).first().waitFor()
    await main(seen).getByText('U+202E').first().waitFor()
    await isText(seen)
  })

  inBrowser('in the name, description, fault, groups and tags of an instance', PATIENCE, async () => {
    const cloud = await startCloud(telling(EVERYWHERE))
    const seen = await signedIn(cloud.url, at)
    await seen.page.locator('h1', { hasText: SHOWN }).getByText('U+202E').waitFor()
    const { description, facts, tags } = en.instance
    for (const fact of [description, facts.securityGroups])
      await main(seen).locator('dl > div', { hasText: fact }).getByText('U+202E').waitFor()
    await seen.page.getByRole('alert').getByText('U+202E').nth(1).waitFor()
    const tag = main(seen).getByRole('region', { name: tags }).getByRole('listitem')
    await expect.poll(() => tag.getByText('U+202E').count()).toBe(2)
    await main(seen)
      .getByRole('button', { name: en.instance.changeTag('abcU+202Egnp.exe') })
      .waitFor()
    await isText(seen)
  })

  inBrowser('in the raw JSON, which says the same, and among disks to attach', PATIENCE, async () => {
    const cloud = await startCloud(telling(EVERYWHERE))
    const seen = await signedIn(cloud.url, at)
    await main(seen).getByRole('button', { name: en.instance.rawShow }).click()
    const raw = (await main(seen).locator('pre').textContent()) ?? ''
    expect(raw).not.toContain('\u202e')
    expect(JSON.parse(raw)).toMatchObject(EVERYWHERE.server)
    await main(seen).getByRole('button', { name: en.instance.attach }).click()
    const disks = seen.page.getByRole('combobox', { name: en.instance.volume })
    expect(await disks.locator('option').textContent()).toContain('abcU+202Egnp.exe')
    await isText(seen)
  })

  inBrowser('in what Huawei Cloud refuses', PATIENCE, async () => {
    const cloud = await startCloud(refusing(403, 'Ecs.0003', ODD))
    const seen = await signedIn(cloud.url, '/console/instances')
    await seen.page.getByRole('alert').getByText('U+202E').waitFor()
    await isText(seen)
  })

  inBrowser('in why a job failed', PATIENCE, async () => {
    const failed = {
      job_id: 'job-1',
      job_type: 'batchStopServer',
      status: 'FAIL',
      fail_reason: ODD,
      error_code: 'Ecs.0219',
    }
    const cloud = await startCloud((response, request) => {
      const isJob = request.method === 'POST' || request.url?.includes('/jobs/')
      const body = isJob ? failed : EVERYWHERE
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(body))
    })
    const seen = await signedIn(cloud.url, at)
    await seen.page.getByRole('button', { name: en.instances.actions.stop.name, exact: true }).click()
    const dialog = seen.page.getByRole('dialog')
    await dialog.getByText('U+202E').waitFor()
    await dialog.getByRole('button', { name: en.instances.actions.stop.confirmOne, exact: true }).click()
    const panel = seen.page.getByRole('region', { name: en.instances.actions.panel })
    await panel.getByText('Ecs.0219').waitFor()
    await panel.locator('p', { hasText: SHOWN }).getByText('U+202E').waitFor()
    expect(await panel.locator('img[src], b').count()).toBe(0)
    await isText(seen)
  })
})
