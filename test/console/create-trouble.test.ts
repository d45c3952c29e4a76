import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import { checked, described, filledIn, LONG, lost, namesIn, next, toStep } from './kit/create.ts'
import { startConsole } from './kit/house.ts'

closesBrowser()

describe('what Create says no to', () => {
  inBrowser('a refusal lands at its field, and what was typed is still there', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'herd', count: '30' })
    await toStep(page, 'name')
    await page.getByRole('radio', { name: en.create.charging.modes.spot }).check()
    await next(page, 'review')
    await page.getByRole('button', { name: en.create.review.check }).click()
    await page.getByRole('region', { name: en.create.steps.name, exact: true }).waitFor()
    const count = page.getByRole('spinbutton', { name: en.create.naming.count })
    expect(await described(count)).toContain('Insufficient quota of spot ECSs. · Ecs.0001')
    expect(await page.getByRole('textbox', { name: en.create.naming.name, exact: true }).inputValue()).toBe(
      'herd',
    )
    await count.fill('1')
    expect(await described(count)).not.toContain('Ecs.0001')
    await next(page, 'review')
    await checked(page)
  })

  inBrowser('what Huawei Cloud has sold out in the meantime is told at the type', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'off-sale-web' })
    await page.getByRole('button', { name: en.create.review.check }).click()
    await page.getByRole('region', { name: en.create.steps.type, exact: true }).waitFor()
    await page
      .getByRole('group', { name: en.create.steps.type })
      .getByText(/sold out.*Ecs\.0018/)
      .waitFor()
  })

  inBrowser('an address outside the subnet is refused at the address', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'far' })
    await toStep(page, 'network')
    await page.getByLabel(en.create.network.address).fill('10.99.0.7')
    await toStep(page, 'review')
    await page.getByRole('button', { name: en.create.review.check }).click()
    await page.getByRole('region', { name: en.create.steps.network, exact: true }).waitFor()
    expect(await described(page.getByLabel(en.create.network.address))).toContain('10.99.0.7')
  })
})

describe('when the answer of a create is lost', () => {
  inBrowser('asking again with the same key buys nothing twice', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'once' })
    await checked(page)
    await house.door('POST', 'faults', { on: 'ecs.CreateServers', phase: 'after', do: 'hang-up' })
    await lost(page)
    await page.getByText(en.errors.unknownTitle, { exact: true }).waitFor()
    await house.door('DELETE', 'faults')
    await page.getByRole('button', { name: en.create.review.sendAgain }).click()
    await page.getByText(en.create.progress.done, { exact: true }).waitFor()
    expect(await namesIn(house, 'once')).toEqual(['once'])
  })

  inBrowser('beginning anew says what it risks, and can be left', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'maybe' })
    await checked(page)
    await page.route('**/api/instances', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await lost(page)
    await page.unroute('**/api/instances')
    await page.getByRole('button', { name: en.create.review.giveUp }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(en.create.review.giveUpRisk('1')).waitFor()
    await dialog.getByRole('button', { name: en.parts.cancel }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: en.create.review.sendAgain }).waitFor()
    await page.getByRole('button', { name: en.create.review.giveUp }).click()
    await dialog.getByRole('button', { name: en.create.review.giveUpSure }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: en.create.review.sendAgain }).count()).toBe(0)
    expect(await namesIn(house, 'maybe')).toEqual(['maybe'])
  })
})
