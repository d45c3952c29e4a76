import type { Page } from 'playwright-core'
import { type Visit, type VisitOptions, visit } from './visit.ts'

/** The page at this path, with the sandbox's keys. */
export async function visitSignedIn(url: string, path: string, options: VisitOptions = {}): Promise<Visit> {
  const seen = await visit(`${url}${path}`, options)
  await takeSandboxKeys(seen.page)
  return seen
}

export async function takeSandboxKeys(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(?:Use the sandbox keys|使用沙箱密钥)$/ }).click()
  await page.locator('main h1').waitFor()
  await page.getByRole('button', { name: /^(?:Sign out|退出)$/ }).waitFor()
}

export interface Given {
  accessKey: string
  secretKey: string
  securityToken?: string
  keep?: boolean
}

/** Fills in the form with keys of one's own and sends it. */
export async function giveKeys(
  page: Page,
  { accessKey, secretKey, securityToken, keep }: Given,
): Promise<void> {
  await page.getByLabel('Access key ID (AK)').fill(accessKey)
  await page.getByLabel('Secret access key (SK)').fill(secretKey)
  if (securityToken) await page.getByLabel('Security token').fill(securityToken)
  if (keep) await page.getByLabel('Keep for this tab').check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function giveToken(page: Page, token: string): Promise<void> {
  await page.getByText('Gateway token', { exact: true }).click()
  await page.getByLabel('Token', { exact: true }).fill(token)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
