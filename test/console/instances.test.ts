import { describe, expect } from 'vitest'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { startConsole } from './kit/house.ts'
import { madeInstance } from './kit/instance.ts'
import { visitSignedIn } from './kit/sign-in.ts'

closesBrowser()

const REGION = 'cn-north-4'

describe('instances', () => {
  inBrowser('that are stopped have no screen to open, and the button says so', PATIENCE, async () => {
    const house = await startConsole()
    const id = await madeInstance(house, REGION, 'off')
    await house.ask('PUT', '/api/instances/stop', { regionId: REGION, servers: [{ id }] })
    const { page, requests } = await visitSignedIn(house.url, `/console/instances/${REGION}/${id}`)
    await page.locator('main header').getByText('Stopped', { exact: true }).waitFor()
    const button = page.getByRole('button', { name: 'Remote console' })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    expect(await button.getAttribute('aria-description')).toContain('Only a running instance')
    await button.click({ force: true })
    expect(requests.filter((request) => request.url().endsWith('/console'))).toEqual([])
  })

  inBrowser('nothing is attached where no disk is free', PATIENCE, async () => {
    const house = await startConsole()
    const id = await madeInstance(house, REGION, 'bare')
    const { page } = await visitSignedIn(house.url, `/console/instances/${REGION}/${id}`)
    await page.getByRole('button', { name: 'Attach a disk' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('There is no free disk in this zone.').waitFor()
    expect(await dialog.getByRole('button', { name: 'Attach', exact: true }).isDisabled()).toBe(true)
  })

  inBrowser('on a small screen: only what is known, and nothing lies over it', PATIENCE, async () => {
    const house = await startConsole()
    await madeInstance(house, REGION, 'small')
    const { page } = await visitSignedIn(house.url, `/console/instances?regions=${REGION}&q=small`, {
      viewport: { width: 360, height: 740 },
    })
    const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'small' }) })
    await card.getByText('Private address').waitFor()
    expect(await card.getByText('Public address').isVisible()).toBe(false)
    await page.getByRole('checkbox', { name: 'Select small' }).check()
    await page.getByRole('button', { name: 'Reboot', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reboot', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Actions', exact: true })
    await panel.getByText('All have ended').waitFor()
    expect((await panel.boundingBox())?.height).toBeLessThan(60)
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    const bottom = (box: { y: number; height: number } | null) => (box ? box.y + box.height : 0)
    await expect
      .poll(async () => bottom(await card.boundingBox()))
      .toBeLessThan((await panel.boundingBox())?.y ?? 0)
  })
})
