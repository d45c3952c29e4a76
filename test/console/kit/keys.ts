import type { Page } from 'playwright-core'

const MOST = 120

/** What somebody hears of what has the focus: its label, or what stands in it. */
const HEARD = `(() => {
  const { activeElement: focused } = document
  const said = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent
  return said.replace(/ \\*$/, '').trim()
})()`

/** Presses Tab until what has this name has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    if ((await page.evaluate(HEARD)) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come to “${name}”`)
}

/** Goes with Tab to a group of radio buttons, and with the arrows to the one of this value. */
export async function arrowTo(page: Page, group: string, value: string): Promise<void> {
  const isAt = `document.activeElement.name === '${group}' && document.activeElement.value === '${value}'`
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    if (await page.evaluate(isAt)) return page.keyboard.press('Space')
    const isInGroup = await page.evaluate(`document.activeElement.name === '${group}'`)
    await page.keyboard.press(isInGroup ? 'ArrowDown' : 'Tab')
  }
  throw new Error(`No key comes to “${value}” of ${group}`)
}
