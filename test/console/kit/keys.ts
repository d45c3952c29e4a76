import type { Page } from 'playwright-core'

const MOST = 80

/** Presses Tab until what has this name has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    const focused = page.locator('*:focus')
    if ((await focused.count()) > 0) {
      const said = (await focused.getAttribute('aria-label')) ?? (await focused.textContent())
      if (said?.trim() === name) return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come to “${name}”`)
}
