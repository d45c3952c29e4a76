import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import {
  bought,
  checked,
  filledIn,
  IMAGE,
  LONG,
  namesIn,
  next,
  REGION,
  serversNamed,
  TYPE,
  toStep,
} from './kit/create.ts'
import { startConsole } from './kit/house.ts'
import { takeSandboxKeys, visitSignedIn } from './kit/sign-in.ts'

closesBrowser()

describe('what is chosen or made on the way', () => {
  inBrowser('links of the lists choose the image and the type', LONG, async () => {
    const house = await startConsole()
    const seen = await visitSignedIn(house.url, `/console/images?regions=${REGION}&q=${IMAGE}`)
    const { page } = seen
    await page.getByRole('link', { name: `${en.images.create}: ${IMAGE}`, exact: true }).click()
    await page.getByRole('region', { name: en.create.steps.type, exact: true }).waitFor()
    const summary = page.getByRole('complementary', { name: en.create.summary })
    await summary.getByText(IMAGE, { exact: true }).waitFor()
    await page.getByRole('link', { name: en.shell.instanceTypes }).click()
    await page.getByRole('searchbox', { name: en.instanceTypes.search }).fill(TYPE)
    await page.getByRole('link', { name: `${en.instanceTypes.create}: ${TYPE}`, exact: true }).click()
    await summary.getByText(TYPE).waitFor()
    await summary.getByText(IMAGE, { exact: true }).waitFor()
    await page.goto(`${house.url}/console/instances/new?region=${REGION}&image=no-such-image`)
    await takeSandboxKeys(page)
    await page.getByText(en.create.notHere).waitFor()
  })

  inBrowser(
    'a link to a step shows it on a small screen, and misses nothing that it does not name',
    LONG,
    async () => {
      const house = await startConsole()
      const path = `/console/instances/new?region=${REGION}&step=type`
      const { page } = await visitSignedIn(house.url, path, { viewport: { width: 360, height: 740 } })
      await page.getByRole('radio', { name: /^s6\.small\.1/ }).waitFor()
      expect(await page.getByText(en.create.notHere).count()).toBe(0)
      const step = page.getByRole('navigation', { name: en.create.stepsLabel }).locator('[aria-current=step]')
      const { x = -1, width = 0 } = (await step.boundingBox()) ?? {}
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(360)
    },
  )

  inBrowser('a key pair is made, handed out as a file and kept nowhere', LONG, async () => {
    const house = await startConsole()
    const seen = await filledIn(house, { name: 'keyed' })
    const { page } = seen
    await toStep(page, 'access')
    await page.getByRole('radio', { name: en.create.access.key }).check()
    await page.getByRole('textbox', { name: en.create.access.keyName }).fill('fresh')
    await page.getByRole('button', { name: en.create.access.makeKey }).click()
    const save = page.getByRole('button', { name: en.create.access.save })
    const [file] = await Promise.all([page.waitForEvent('download'), save.click()])
    expect(file.suggestedFilename()).toBe('fresh.pem')
    expect(readFileSync(await file.path(), 'utf8')).toContain('PRIVATE KEY')
    expect(await seen.whereIs('PRIVATE KEY')).toEqual([])
    expect(await page.getByLabel(en.create.access.key).last().inputValue()).toBe('fresh')
    await toStep(page, 'review')
    await bought(page)
    expect(await serversNamed(house, 'keyed')).toMatchObject([{ key_name: 'fresh' }])
  })

  inBrowser('paid for in advance, and told so plainly', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'ahead' })
    await toStep(page, 'name')
    await page.getByRole('radio', { name: en.create.charging.modes.prePaid }).check()
    await page.getByRole('checkbox', { name: en.create.charging.autoRenew }).check()
    await next(page, 'review')
    await page.getByText('Paid in advance: 1 month, renews by itself').waitFor()
    await bought(page)
    await page.getByText(en.create.progress.order).waitFor()
    expect(await serversNamed(house, 'ahead')).toMatchObject([{ metadata: { charging_mode: '1' } }])
  })

  inBrowser('an order that waits to be paid is told as that, and makes nothing yet', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'unpaid' })
    await toStep(page, 'name')
    await page.getByRole('radio', { name: en.create.charging.modes.prePaid }).check()
    await page.getByRole('checkbox', { name: en.create.charging.autoPay }).uncheck()
    await next(page, 'review')
    await page.getByText(en.create.charging.waits).waitFor()
    await checked(page)
    await page.getByRole('button', { name: en.create.review.create('1') }).click()
    const told = page.getByRole('status').filter({ hasText: en.create.progress.unpaid })
    await told.getByText(en.create.progress.unpaidHint).waitFor()
    await told.locator('code').first().waitFor()
    expect(await namesIn(house, 'unpaid')).toEqual([])
  })

  inBrowser('an IPv6 address too, where the subnet has them', LONG, async () => {
    const house = await startConsole()
    const hasThem = (page: Page) =>
      page.route('**/api/subnets?*', async (route) => {
        const response = await route.fetch()
        const body = (await response.text()).replaceAll('"ipv6_enable":false', '"ipv6_enable":true')
        await route.fulfill({ response, body })
      })
    const { page, requests } = await filledIn(house, { name: 'both' }, { before: hasThem })
    await toStep(page, 'network')
    await page.getByRole('checkbox', { name: en.create.network.ipv6 }).check()
    await toStep(page, 'review')
    await page.getByRole('button', { name: en.create.review.check }).click()
    const sent = () =>
      requests.filter((one) => one.method() === 'POST' && one.url().endsWith('/api/instances'))
    await expect.poll(() => sent().length).toBe(1)
    expect(sent()[0]?.postDataJSON().nics).toEqual([{ subnetId: expect.any(String), ipv6Enable: true }])
  })

  inBrowser('no IPv6 address where the subnet has none', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'four' })
    await toStep(page, 'network')
    await page.getByLabel(en.create.network.address).waitFor()
    expect(await page.getByRole('checkbox', { name: en.create.network.ipv6 }).count()).toBe(0)
  })

  inBrowser('disks are of the types that the region sells', LONG, async () => {
    const house = await startConsole()
    const specs = {
      'RESKEY:availability_zones': 'a,b',
      'os-vendor-extended:sold_out_availability_zones': 'a,b',
    }
    const types = [{ name: 'GPSSD' }, { name: 'ESSD', extra_specs: specs }, { name: 'uh-l1' }]
    const before = (page: Page) =>
      page.route('**/api/raw/evs/**', (route) => route.fulfill({ json: { volume_types: types } }))
    const path = `/console/instances/new?region=${REGION}&step=disks`
    const { page } = await visitSignedIn(house.url, path, { before })
    const choice = page.getByLabel(en.create.disks.type).first()
    await expect
      .poll(() => choice.locator('option').allInnerTexts())
      .toEqual(['General purpose SSD (GPSSD)', en.create.disks.soldOut('Extreme SSD (ESSD)')])
    expect(await choice.locator('option', { hasText: 'sold out' }).isDisabled()).toBe(true)
  })
})
