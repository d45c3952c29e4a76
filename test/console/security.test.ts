import { describe, expect } from 'vitest'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { isClean } from './kit/clean.ts'
import { SANDBOX, startConsole } from './kit/house.ts'
import { visitSignedIn } from './kit/sign-in.ts'
import { visit } from './kit/visit.ts'

closesBrowser()

// Each page as it is opened is looked at in pages.test.ts.
describe('nothing inline, nothing from elsewhere, no violation', () => {
  inBrowser('at the way in', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visit(`${url}/console/`)
    await seen.page.getByRole('button', { name: 'Use the sandbox keys' }).waitFor()
    await isClean(seen, url)
  })

  inBrowser('with a dialog, the drawer of calls and that of the small screen', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visitSignedIn(url, '/console/sandbox', { viewport: { width: 420, height: 800 } })
    const { page } = seen
    await page.getByRole('button', { name: 'Reset the sandbox' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'The call behind it' }).click()
    await page.getByRole('dialog').getByText('/_sandbox/world').first().waitFor()
    expect(await page.getByRole('dialog').innerText()).not.toContain(SANDBOX.secretKey)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Open navigation' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Images' }).click()
    await page.locator('main h1', { hasText: 'Images' }).waitFor()
    await seen.settled()
    await isClean(seen, url)
  })
})

inBrowser('only language and colour scheme are remembered', PATIENCE, async () => {
  const { url } = await startConsole()
  const { page, settled } = await visitSignedIn(url, '/console/')
  await settled()
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('navigation').getByRole('link', { name: '总览' }).waitFor()
  await page.getByRole('button', { name: /^配色/ }).click()
  for (const path of ['instances', 'images', 'sandbox']) {
    await page.locator(`nav a[href="/console/${path}"]`).first().click()
    await settled()
  }
  expect(await page.evaluate('Object.keys(localStorage).sort()')).toEqual([
    'hca-color-scheme',
    'hca-language',
  ])
  expect(await page.evaluate('JSON.stringify([sessionStorage, document.cookie])')).toBe('[{},""]')
  await page.reload()
  await page.getByRole('button', { name: '使用沙箱密钥' }).waitFor()
  expect(await page.evaluate('document.documentElement.lang')).toBe('zh-CN')
})
