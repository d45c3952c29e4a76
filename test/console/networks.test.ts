import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { startConsole } from './kit/house.ts'
import { visitSignedIn } from './kit/sign-in.ts'

closesBrowser()

const text = en.networks
const REGION = 'cn-north-4'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')
const field = (page: Page, name: keyof typeof text.fields) =>
  dialog(page).getByLabel(text.fields[name], { exact: false })
const confirm = (page: Page, name = text.createIt) => dialog(page).getByRole('button', { name, exact: true })
const closed = (page: Page) => dialog(page).waitFor({ state: 'detached' })

inBrowser(
  'a VPC and a subnet are made, with faults told at their fields, and deleted',
  PATIENCE,
  async () => {
    const house = await startConsole()
    const seen = await visitSignedIn(house.url, `/console/networks?regions=${REGION}`)
    const { page } = seen
    await button(page, text.create.vpcs).click()
    await field(page, 'name').fill(' made ')
    await field(page, 'cidr').fill('11.0.0.0/8')
    await confirm(page).click()
    await dialog(page).getByText(text.wrong.notPrivate).waitFor()
    expect(seen.requests.filter((request) => request.method() === 'POST')).toEqual([])
    await field(page, 'cidr').fill('10.7.0.0/16')
    expect(await dialog(page).getByText(text.wrong.notPrivate).count()).toBe(0)
    await confirm(page).click()
    await closed(page)

    await button(page, text.addSubnetTo('made')).click()
    expect(await field(page, 'cidr').inputValue()).toBe('10.7.0.0/24')
    await field(page, 'name').fill('inner')
    await field(page, 'cidr').fill('10.7.9.0/24')
    expect(await field(page, 'gatewayIp').inputValue()).toBe('10.7.9.1')
    await field(page, 'gatewayIp').fill('10.7.9.0')
    await confirm(page).click()
    await dialog(page).getByText(text.wrong.gateway).waitFor()
    await field(page, 'gatewayIp').fill('10.7.9.254')
    await confirm(page).click()
    await closed(page)
    const { vpcs } = await house.ask('GET', `/api/vpcs?regionId=${REGION}&sort=name`)
    const made = (vpcs as { name: string; id: string }[]).find(({ name }) => name === 'made')
    const { subnets } = await house.ask('GET', `/api/subnets?regionId=${REGION}&vpc_id=${made?.id}`)
    expect(subnets).toMatchObject([{ name: 'inner', cidr: '10.7.9.0/24', gateway_ip: '10.7.9.254' }])

    await button(page, text.deleteNamed('made')).click()
    await confirm(page, text.delete).click()
    await dialog(page).getByText(text.refusals.inUse).waitFor()
    await page.keyboard.press('Escape')
    await closed(page)
    for (const name of ['inner', 'made']) {
      await button(page, text.deleteNamed(name)).click()
      await confirm(page, text.delete).click()
      await closed(page)
      await button(page, text.deleteNamed(name)).waitFor({ state: 'detached' })
    }
    expect([seen.complaints, await seen.violations()]).toEqual([[], []])
  },
)

inBrowser('a security group is made, and what Huawei Cloud refuses stays in sight', PATIENCE, async () => {
  const house = await startConsole()
  const { page } = await visitSignedIn(house.url, `/console/networks?regions=${REGION}&show=groups`)
  await button(page, text.create.groups).click()
  await field(page, 'name').fill('a b')
  await confirm(page).click()
  await dialog(page).getByText(text.wrong.name).waitFor()
  await house.door('POST', 'faults', {
    on: 'vpc.CreateSecurityGroup',
    do: { status: 409, code: 'VPC.0602', message: 'Quota exceeded for resources: security_group.' },
  })
  await field(page, 'name').fill('closed')
  await confirm(page).click()
  await dialog(page).getByText(text.refusals.quota).waitFor()
  await house.door('DELETE', 'faults')
  await confirm(page).click()
  await closed(page)
  const { security_groups: groups } = await house.ask('GET', `/api/security-groups?regionId=${REGION}`)
  expect((groups as { name: string }[]).map(({ name }) => name)).toContain('closed')
})
