import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import { sandboxHeaders, startConsole } from './kit/house.ts'
import { madeInstance } from './kit/instance.ts'
import { tabTo } from './kit/keys.ts'
import { takeSandboxKeys, visitSignedIn } from './kit/sign-in.ts'

closesBrowser()

const LONG = { timeout: 90_000 }
const REGION = 'cn-north-4'
const PASSWORD = 'Quite-Secret-42'
const text = en.instance

/** The page of a new instance, and what the API tells of it. */
async function opened(name: string) {
  const house = await startConsole()
  const id = await madeInstance(house, REGION, name)
  const seen = await visitSignedIn(house.url, `/console/instances/${REGION}/${id}`)
  await seen.page.locator('h1', { hasText: name }).waitFor()
  await seen.settled()
  const told = async () => (await house.ask('GET', `/api/instances/${id}?regionId=${REGION}`)).server
  return { ...seen, house, id, told }
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function confirmed(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** The newest action has ended well. */
const wellEnded = (page: Page, name: string) =>
  page
    .getByRole('region', { name: en.instances.actions.panel })
    .locator('li', { hasText: name })
    .filter({ hasText: en.instances.actions.count.done('1') })
    .waitFor()

inBrowser('it is resized while it runs only where that was agreed to', LONG, async () => {
  const { page, told, requests } = await opened('grown')
  await button(page, text.resize).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('s6.large.2 · 2 vCPU · 4 GiB').waitFor()
  const types = dialog.getByRole('combobox', { name: text.resizeTo })
  await types.fill('no-such')
  await page.getByText(text.resizeUnknown).waitFor()
  await types.fill('c7.large.2')
  await page.getByRole('option', { name: /^c7\.large\.2 / }).click()
  const go = dialog.getByRole('button', { name: text.resizeConfirm, exact: true })
  expect(await go.isDisabled()).toBe(true)
  await dialog.getByRole('checkbox', { name: text.resizeStop }).check()
  await confirmed(page, text.resizeConfirm)
  await wellEnded(page, en.instances.actions.resize.name)
  expect(await told()).toMatchObject({ status: 'ACTIVE', flavor: { id: 'c7.large.2' } })
  await page.locator('main').getByText('c7.large.2').first().waitFor()
  expect(requests.some((request) => request.url().includes('/api/raw/'))).toBe(false)
})

inBrowser('a refused resize tells why', LONG, async () => {
  const { page, house, told } = await opened('kept')
  await house.door('POST', 'faults', { on: 'ecs.ResizeServer', do: { status: 400, code: 'Ecs.0804' } })
  await button(page, text.resize).click()
  await page.getByRole('combobox', { name: text.resizeTo }).fill('c7.large.2')
  await page.getByRole('option', { name: /^c7\.large\.2 / }).click()
  await page.getByRole('checkbox', { name: text.resizeStop }).check()
  await confirmed(page, text.resizeConfirm)
  const panel = page.getByRole('region', { name: en.instances.actions.panel })
  await panel.getByText('Ecs.0804').first().waitFor()
  expect(await told()).toMatchObject({ flavor: { id: 's6.large.2' } })
})

inBrowser('another password is set by keys alone, and is nowhere afterwards', LONG, async () => {
  const { page, house, whereIs, requests } = await opened('locked')
  await tabTo(page, text.password)
  await page.keyboard.press('Enter')
  const field = page.getByLabel(text.passwordLabel)
  await field.waitFor()
  await expect.poll(() => page.evaluate('document.activeElement.autocomplete')).toBe('new-password')
  await page.keyboard.type('short')
  expect(await button(page, text.passwordConfirm).isDisabled()).toBe(true)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('status').filter({ hasText: text.passwordSet }).waitFor()
  const sent = requests.filter((request) => request.url().endsWith('/password'))
  expect(sent.map((request) => request.postDataJSON())).toEqual([
    { regionId: REGION, password: PASSWORD, checkPassword: true },
  ])
  await button(page, 'The call behind it').click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('/password').first().waitFor()
  await drawer.getByText('Command line', { exact: true }).click()
  await drawer.getByText(/^huawei-cloud-api instances show \S+ --region cn-\S+ --gateway http/).waitFor()
  await drawer.getByText('No command does this; with curl:').first().waitFor()
  expect(await whereIs(PASSWORD)).toEqual([])
  await house.door('POST', 'reset')
})

inBrowser(
  'a password that Huawei Cloud refuses is told beside the field, and can be mended',
  LONG,
  async () => {
    const { page, house } = await opened('strict')
    const fault = { on: 'ecs.ResetServerPassword', do: { status: 400, code: 'Ecs.0005' } }
    await house.door('POST', 'faults', fault)
    await button(page, text.password).click()
    await page.getByLabel(text.passwordLabel).fill(PASSWORD)
    await page.getByRole('dialog').getByRole('button', { name: text.passwordConfirm }).click()
    await page.getByRole('alert').getByText(en.errors.details).click()
    await page.getByRole('alert').getByText('Ecs.0005').waitFor()
    await page.getByRole('alert').getByRole('button', { name: en.errors.requestId }).first().waitFor()
    await house.door('DELETE', 'faults')
    await page.getByRole('dialog').getByRole('button', { name: text.passwordConfirm }).click()
    await page.getByRole('status').filter({ hasText: text.passwordSet }).waitFor()
  },
)

inBrowser('its tags are changed and removed, and its JSON is there as it came', LONG, async () => {
  const { page, house, id } = await opened('changed')
  const tag = { key: 'tier', value: 'web' }
  await house.ask('POST', `/api/instances/${id}/tags`, { regionId: REGION, tags: [tag] })
  await page.reload()
  await takeSandboxKeys(page)
  await button(page, text.changeTag('tier')).click()
  await page.getByRole('textbox', { name: text.value }).fill('db')
  await confirmed(page, text.save)
  const tags = async () => (await house.ask('GET', `/api/instances/${id}/tags?regionId=${REGION}`)).tags
  await expect.poll(tags).toEqual([{ key: 'tier', value: 'db' }])
  await button(page, text.removeTag('tier')).click()
  await confirmed(page, text.remove)
  await expect.poll(tags).toEqual([])
  await button(page, text.rawShow).click()
  await page.locator('pre').getByText(id).first().waitFor()
})

inBrowser('a free disk of its zone is attached, and detached', LONG, async () => {
  const { page, house, id, told } = await opened('disks')
  await button(page, text.attach).click()
  await page.getByRole('dialog').getByText(text.noneToAttach).waitFor()
  await page.keyboard.press('Escape')
  const zone = Reflect.get(Object(await told()), 'OS-EXT-AZ:availability_zone')
  const made = await fetch(`${house.url}/api/raw/evs/v2.1/{project_id}/cloudvolumes?regionId=${REGION}`, {
    method: 'POST',
    headers: { ...sandboxHeaders, 'content-type': 'application/json' },
    body: JSON.stringify({
      volume: { name: 'spare', size: 20, volume_type: 'SSD', availability_zone: zone },
    }),
  })
  expect(made.status).toBe(202)
  const disks = async () => {
    const { volumeAttachments } = await house.ask('GET', `/api/instances/${id}/volumes?regionId=${REGION}`)
    return (volumeAttachments as { bootIndex: number }[]).filter(({ bootIndex }) => bootIndex !== 0)
  }
  await page.reload()
  await takeSandboxKeys(page)
  await button(page, text.attach).click()
  await page.getByRole('dialog').getByRole('combobox', { name: text.volume }).waitFor()
  await confirmed(page, text.attachConfirm)
  await wellEnded(page, en.instances.actions.attach.name)
  expect(await disks()).toHaveLength(1)
  await page.getByRole('button', { name: /^Detach \S+$/ }).click()
  await confirmed(page, text.detach)
  await wellEnded(page, en.instances.actions.detach.name)
  expect(await disks()).toEqual([])
})

inBrowser('what was terminated meanwhile is told as gone', LONG, async () => {
  const { page, house, id } = await opened('gone')
  await house.ask('PUT', '/api/instances/terminate', { regionId: REGION, servers: [{ id }] })
  await button(page, 'Refresh').click()
  await page.getByText(text.missingTitle).first().waitFor()
  await page.getByRole('link', { name: text.back }).first().click()
  await page.locator('h1', { hasText: en.instances.title }).waitFor()
})
