import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import { startConsole } from './kit/house.ts'
import { madeInstance } from './kit/instance.ts'
import { tabTo } from './kit/keys.ts'
import { visitSignedIn } from './kit/sign-in.ts'

closesBrowser()

const LONG = { timeout: 90_000 }
const REGION = 'cn-north-4'
const { instance: text, instances } = en

async function opened(name: string) {
  const house = await startConsole()
  const id = await madeInstance(house, REGION, name)
  const seen = await visitSignedIn(house.url, `/console/instances/${REGION}/${id}`)
  await seen.settled()
  const told = async () => (await house.ask('GET', `/api/instances/${id}?regionId=${REGION}`)).server
  return { ...seen, house, id, told, keys: seen.page.keyboard }
}

/** Opens what this button opens, which then has the focus inside. */
async function open(page: Page, button: string): Promise<void> {
  await tabTo(page, button)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await expect
    .poll(() => page.evaluate('document.activeElement.closest("[role=dialog]") !== null'))
    .toBe(true)
}

async function write(page: Page, field: string, words: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(words)
}

/** Confirms, after which the focus is on the page again. */
async function confirm(page: Page, button: string): Promise<void> {
  await tabTo(page, button)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

describe('an instance, by keys alone', () => {
  inBrowser('gets another name and a description', LONG, async () => {
    const { page, keys, told } = await opened('named')
    await open(page, text.edit)
    await write(page, text.name, 'renamed')
    await write(page, text.description, 'what it is for')
    await keys.press('Enter')
    await page.locator('h1', { hasText: 'renamed' }).waitFor()
    await page.locator('dl').getByText('what it is for').waitFor()
    expect(await told()).toMatchObject({ name: 'renamed', description: 'what it is for' })
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(text.edit)
  })

  inBrowser('gets a tag, another value for it, and loses it', LONG, async () => {
    const { page, keys, house, id } = await opened('tagged')
    const tags = async () => (await house.ask('GET', `/api/instances/${id}/tags?regionId=${REGION}`)).tags
    await open(page, text.addTag)
    await write(page, text.key, 'tier')
    await write(page, text.value, 'web')
    await keys.press('Enter')
    await page.getByRole('button', { name: text.changeTag('tier') }).waitFor()
    expect(await tags()).toEqual([{ key: 'tier', value: 'web' }])
    await open(page, text.changeTag('tier'))
    await write(page, text.value, 'db')
    await keys.press('Enter')
    await page.getByRole('listitem').getByText('db', { exact: true }).waitFor()
    expect(await tags()).toEqual([{ key: 'tier', value: 'db' }])
    await open(page, text.removeTag('tier'))
    await confirm(page, text.remove)
    await page.getByText(text.noTags).waitFor()
    expect(await tags()).toEqual([])
  })

  inBrowser('becomes another type, after it was stopped for that', LONG, async () => {
    const { page, keys, told } = await opened('sized')
    await open(page, text.resize)
    await write(page, text.resizeTo, 'ac7.large.2')
    await page.getByRole('option', { name: /^ac7\.large\.2 / }).waitFor()
    await keys.press('ArrowDown')
    await keys.press('Enter')
    await page.getByRole('option').first().waitFor({ state: 'hidden' })
    await tabTo(page, text.resizeStop)
    await keys.press('Space')
    await confirm(page, text.resizeConfirm)
    await page
      .getByRole('region', { name: instances.actions.panel })
      .getByText(instances.actions.count.done('1'))
      .waitFor()
    expect(await told()).toMatchObject({ status: 'ACTIVE', flavor: { id: 'ac7.large.2' } })
  })

  inBrowser('opens its console, shows its JSON, and is terminated', LONG, async () => {
    const { page, keys } = await opened('watched')
    await tabTo(page, text.console)
    await keys.press('Enter')
    const link = page.getByRole('link', { name: text.consoleOpen })
    await link.waitFor()
    expect(await link.getAttribute('href')).toMatch(/^https:\/\//)
    await tabTo(page, text.consoleOpen)
    await tabTo(page, text.rawShow)
    await keys.press('Enter')
    await page.locator('pre').waitFor()
    await open(page, instances.actions.terminate.name)
    await write(page, en.parts.typeToConfirm('1'), '1')
    await keys.press('Enter')
    await page.getByText(text.missingTitle).first().waitFor()
    await tabTo(page, text.back)
    await keys.press('Enter')
    await page.locator('h1', { hasText: instances.title }).waitFor()
  })
})
