import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { type Catalog, en } from '../../src/console/text/en.ts'
import { zh } from '../../src/console/text/zh.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import { startConsole } from './kit/house.ts'
import { madeInstance } from './kit/instance.ts'
import { tabTo } from './kit/keys.ts'
import { visitSignedIn } from './kit/sign-in.ts'
import { visit } from './kit/visit.ts'

closesBrowser()

const LONG = { timeout: 90_000 }
const REGION = 'cn-north-4'

type PowerAction = 'start' | 'stop' | 'reboot' | 'terminate'

/** The dialog that asks once more; what is given to it is done inside before it is confirmed. */
async function confirm(page: Page, button: string, before?: (page: Page) => Promise<void>): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await before?.(page)
  await dialog.getByRole('button', { name: button, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function put(page: Page, words: Catalog, action: PowerAction): Promise<void> {
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: words.instances.actions[action].name, exact: true })
    .click()
}

/** Each instance of the newest action stands there with what became of it; then the panel is put away. */
async function ended(page: Page, words: Catalog, names: readonly string[]): Promise<void> {
  const panel = page.getByRole('region', { name: words.instances.actions.panel })
  await panel.getByText(words.instances.actions.allEnded).waitFor()
  await panel.getByText(words.instances.actions.count.done(String(names.length))).waitFor()
  await panel.getByRole('button', { name: words.instances.actions.showEach }).click()
  for (const name of names) {
    const row = panel
      .locator('li')
      .filter({ has: page.getByRole('link', { name, exact: true }) })
      .last()
    await row.getByRole('img', { name: words.instances.actions.outcomes.done }).waitFor()
  }
  await panel.getByRole('button', { name: words.instances.actions.dismissAll }).click()
  await panel.waitFor({ state: 'detached' })
}

describe('the life of an instance', () => {
  for (const [words, language, locale] of [
    [en, 'in English', 'en-GB'],
    [zh, 'in Chinese', 'zh-CN'],
  ] as const) {
    inBrowser(`from the list to its end, ${language}`, LONG, async () => {
      const house = await startConsole()
      const made = await madeInstance(house, REGION, 'life')
      const seen = await visitSignedIn(house.url, `/console/instances?regions=${REGION}`, {
        locale,
      })
      const { page } = seen
      const status = (state: string) => page.locator('main header').getByText(state, { exact: true })

      // In the list, by its name, alone.
      await page.getByRole('searchbox', { name: words.instances.search }).fill('life')
      await page.getByRole('link', { name: 'life', exact: true }).click()
      await page.locator('h1', { hasText: 'life' }).waitFor()
      await status(words.statuses.ACTIVE).waitFor()

      await page.getByRole('button', { name: words.instance.console }).click()
      const link = page.getByRole('link', { name: words.instance.consoleOpen })
      await link.waitFor()
      expect(await link.getAttribute('href')).toMatch(/^https:\/\//)
      expect(await link.getAttribute('rel')).toContain('noopener')

      await put(page, words, 'stop')
      await page.getByRole('dialog').getByText('life', { exact: true }).waitFor()
      await page.getByRole('dialog').getByRole('button', { name: words.parts.cancel }).click()
      await put(page, words, 'stop')
      await confirm(page, words.instances.actions.stop.confirmOne)
      await ended(page, words, ['life'])
      await status(words.statuses.SHUTOFF).waitFor()
      await put(page, words, 'start')
      await confirm(page, words.instances.actions.start.confirmOne)
      await ended(page, words, ['life'])
      await status(words.statuses.ACTIVE).waitFor()
      await put(page, words, 'reboot')
      await confirm(page, words.instances.actions.reboot.confirmOne)
      await ended(page, words, ['life'])
      await status(words.statuses.ACTIVE).waitFor()

      await page.getByRole('button', { name: words.instance.addTag }).click()
      await confirm(page, words.instance.add, async () => {
        await page.getByRole('textbox', { name: words.instance.key }).fill('tier')
        await page.getByRole('textbox', { name: words.instance.value }).fill('网页')
      })
      await page.getByRole('button', { name: words.instance.removeTag('tier') }).waitFor()
      await page.getByRole('button', { name: words.instance.edit, exact: true }).click()
      await confirm(page, words.instance.save, async () => {
        await page.getByRole('textbox', { name: words.instance.name }).fill('lived')
      })
      await page.locator('h1', { hasText: 'lived' }).waitFor()
      const { server } = await house.ask('GET', `/api/instances/${made}?regionId=${REGION}`)
      expect(server).toMatchObject({
        name: 'lived',
        status: 'ACTIVE',
        tags: expect.arrayContaining(['tier=网页']),
      })

      await put(page, words, 'terminate')
      await confirm(page, words.instances.actions.terminate.confirmOne, async () => {
        const sure = page
          .getByRole('dialog')
          .getByRole('button', { name: words.instances.actions.terminate.confirmOne, exact: true })
        expect(await sure.isDisabled()).toBe(true)
        await page.getByRole('textbox', { name: words.parts.typeToConfirm('1') }).fill('1')
      })
      await ended(page, words, ['lived'])
      await page.getByText(words.instance.missingTitle).first().waitFor()
      await expect(house.ask('GET', `/api/instances/${made}?regionId=${REGION}`)).rejects.toThrow('404')
      expect(await seen.violations()).toEqual([])
      expect(seen.complaints).toEqual([])
    })
  }

  inBrowser('many at once end with the number of them typed, and each has its result', LONG, async () => {
    const house = await startConsole()
    await madeInstance(house, REGION, 'herd', 3)
    const seen = await visitSignedIn(house.url, `/console/instances?regions=${REGION}&q=herd`)
    const { page } = seen
    await page.getByRole('link', { name: /^herd/ }).nth(2).waitFor()
    const names = await page.getByRole('link', { name: /^herd/ }).allTextContents()
    expect(names).toHaveLength(3)
    for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}` }).check()
    await put(page, en, 'terminate')
    await confirm(page, 'Terminate 3', async () => {
      const typed = page.getByRole('textbox', { name: en.parts.typeToConfirm('3') })
      await typed.fill('2')
      expect(await page.getByRole('button', { name: 'Terminate 3', exact: true }).isDisabled()).toBe(true)
      await typed.fill('3')
    })
    await ended(page, en, names)
    await page.getByText(en.instances.none).waitFor()
    expect(seen.complaints).toEqual([])
  })

  inBrowser('by keyboard alone: in, to the instance, stopped', LONG, async () => {
    const house = await startConsole()
    const made = await madeInstance(house, REGION, 'keys')
    const seen = await visit(`${house.url}/console/instances?regions=${REGION}&q=keys`)
    const { page } = seen
    await page.getByRole('button', { name: 'Use the sandbox keys' }).waitFor()
    await tabTo(page, 'Use the sandbox keys')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'keys', exact: true }).waitFor()
    await tabTo(page, 'keys')
    await page.keyboard.press('Enter')
    await page.locator('h1', { hasText: 'keys' }).waitFor()
    await page.getByRole('toolbar').waitFor()
    await tabTo(page, 'Stop')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Stop')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, 'Stop')
    await page.keyboard.press('Enter')
    await page.locator('main header').getByText('Stopped', { exact: true }).waitFor()
    const { server } = await house.ask('GET', `/api/instances/${made}?regionId=${REGION}`)
    expect(server).toMatchObject({ status: 'SHUTOFF' })
  })
})
