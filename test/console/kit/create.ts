import type { Locator, Page } from 'playwright-core'
import { en } from '../../../src/console/text/en.ts'
import type { startConsole } from './house.ts'
import { visitSignedIn } from './sign-in.ts'
import type { Visit, VisitOptions } from './visit.ts'

export const LONG = { timeout: 90_000 }
export const REGION = 'cn-north-4'
export const IMAGE = 'CentOS 7.9 64bit'
export const TYPE = 's6.large.2'
export const PASSWORD = 'Quiet-Harbour-73'

export type House = Awaited<ReturnType<typeof startConsole>>

/** At the review, with everything given that there must be. */
export async function filledIn(
  house: House,
  given: { name: string; count?: string },
  options: VisitOptions = {},
): Promise<Visit> {
  const image = await idOfImage(house)
  const path = `/console/instances/new?${new URLSearchParams({ region: REGION, image, type: TYPE, step: 'network' })}`
  const seen = await visitSignedIn(house.url, path, options)
  const { page } = seen
  const summary = page.getByRole('complementary', { name: en.create.summary })
  await summary.getByText(IMAGE, { exact: true }).waitFor()
  await summary.getByText(TYPE).waitFor()
  await page.getByLabel(en.create.network.vpc).selectOption({ index: 1 })
  await page.getByLabel(en.create.network.subnet).selectOption({ index: 1 })
  await toStep(page, 'access')
  await page.locator('input[autocomplete="new-password"]').fill(PASSWORD)
  await next(page, 'name')
  await page.getByRole('textbox', { name: en.create.naming.name, exact: true }).fill(given.name)
  await page.getByRole('spinbutton', { name: en.create.naming.count }).fill(given.count ?? '1')
  await next(page, 'review')
  return seen
}

export async function bought(page: Page): Promise<void> {
  await checked(page)
  await page.getByRole('button', { name: en.create.review.create('1') }).click()
  await page.getByText(en.create.progress.done, { exact: true }).waitFor()
}

/** The order goes out, and no answer comes back. */
export async function lost(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.create.review.create('1') }).click()
  await page.getByText(en.create.review.unknown, { exact: true }).waitFor()
}

export async function checked(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.create.review.check }).click()
  await page.getByText(en.create.review.passed, { exact: true }).waitFor()
}

export async function serversNamed(house: House, name: string): Promise<readonly { name: string }[]> {
  const { servers } = await house.ask('GET', `/api/instances?regionId=${REGION}&name=${name}`)
  return servers as { name: string }[]
}

export const namesIn = async (house: House, name: string): Promise<string[]> =>
  (await serversNamed(house, name)).map((server) => server.name)

/** What is said at a field beside its label. */
export const described = (field: Locator): Promise<string> =>
  field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id: string) => element.ownerDocument.getElementById(id)?.textContent ?? '')
      .join(' '),
  )

export async function idOfImage(house: House): Promise<string> {
  const { images } = await house.ask('GET', `/api/images?regionId=${REGION}&name=${IMAGE}`)
  const [image] = images as { id: string }[]
  return image?.id ?? ''
}

export async function toStep(page: Page, step: keyof typeof en.create.steps): Promise<void> {
  const steps = page.getByRole('navigation', { name: en.create.stepsLabel })
  await steps.getByRole('link', { name: en.create.steps[step] }).click()
  await page.getByRole('region', { name: en.create.steps[step], exact: true }).waitFor()
}

export async function next(page: Page, step: keyof typeof en.create.steps): Promise<void> {
  const name = en.create.steps[step]
  await page.getByRole('link', { name: en.create.next(name) }).click()
  await page.getByRole('region', { name, exact: true }).waitFor()
}
