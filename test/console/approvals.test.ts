import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { outside } from '../../src/outside.ts'
import { INSTANCE, overHttp, REGION, startForAgents, terminate } from '../helpers/agents.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { BUILT, sandboxHeaders } from './kit/house.ts'
import { tabTo } from './kit/keys.ts'
import { giveToken, visitSignedIn } from './kit/sign-in.ts'
import { visit } from './kit/visit.ts'

closesBrowser()

const CONSOLE = { HCA_CONSOLE: BUILT }
const APPROVALS = '/console/approvals'
const stop = { action: 'stop', instanceIds: [INSTANCE], regionId: REGION, hard: true }
const NAME = 'ecs-r8hr2upy'

const waiting = (page: Page) => page.locator('main').getByRole('listitem').filter({ hasText: 'left' })
const approveButton = (page: Page) => waiting(page).getByRole('button', { name: /^Approve/ })

describe('what an agent asks for', () => {
  inBrowser('is approved once by somebody who has seen all of it', PATIENCE, async () => {
    const house = await startForAgents(CONSOLE)
    const agent = await house.agent()
    const seen = await visitSignedIn(house.url, APPROVALS)
    const { page } = seen
    await page.getByText('Nothing waits for you').waitFor()

    const { previewId } = (await agent.call('preview_action', terminate)).data
    const carryOut = () => agent.call('carry_out', { previewId, arguments: terminate })
    await page.getByRole('status').filter({ hasText: 'Waiting for you: 1' }).waitFor()
    expect(await page.title()).toMatch(/^\(1\) Approvals/)
    const asked = await waiting(page).innerText()
    for (const said of ['Delete an instance in', 'test-agent/1.2.3', agent.tokenId, NAME, INSTANCE, 'ACTIVE'])
      expect(asked).toContain(said)
    expect((await carryOut()).error.reason).toBe('APPROVAL_PENDING')

    await approveButton(page).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.innerText()).toContain(NAME)
    const confirm = dialog.getByRole('button', { name: 'Approve' })
    expect(await confirm.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('2')
    expect(await confirm.isDisabled()).toBe(true)
    expect(house.writes()).toEqual([])
    await dialog.getByRole('textbox').fill('1')
    await confirm.click()
    await page.getByText('Approved: the agent may do it once.').waitFor()
    await page.getByText('Nothing waits for you').waitFor()
    expect(await carryOut()).toMatchObject({ isError: false, data: { approvedBy: 'console' } })
    expect((await carryOut()).error.reason).toBe('APPROVAL_USED')
    expect([seen.complaints, await seen.violations()]).toEqual([[], []])
  })

  inBrowser('is declined, by keys alone', PATIENCE, async () => {
    const house = await startForAgents(CONSOLE)
    const agent = await house.agent()
    const { previewId } = (await agent.call('preview_action', stop)).data
    const { page } = await visitSignedIn(house.url, APPROVALS)
    expect(await waiting(page).innerText()).toMatch(/hard\s+true/)
    const headline = await waiting(page).locator('h3').innerText()
    await tabTo(page, `Decline: ${headline}`)
    await page.keyboard.press('Enter')
    await page.getByText('Declined: the agent is told so.').waitFor()
    await page.getByText('Nothing waits for you').waitFor()
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false)
    const { error } = await agent.call('carry_out', { previewId, arguments: stop })
    expect(error.reason).toBe('APPROVAL_DECLINED')
    expect(house.writes()).toEqual([])
  })

  inBrowser('is no longer shown as waiting when its two minutes are over', PATIENCE, async () => {
    let ahead = 0
    const house = await startForAgents(CONSOLE, { elapsed: () => outside.elapsed() + ahead })
    const agent = await house.agent()
    await agent.call('preview_action', stop)
    const { page } = await visitSignedIn(house.url, APPROVALS)
    await approveButton(page).waitFor()
    ahead = 121_000
    await page.getByText('It waits no longer: its time is over').waitFor()
    await page.getByText('Nothing waits for you').waitFor()
  })

  inBrowser('and was decided elsewhere or too late is told as that', PATIENCE, async () => {
    const house = await startForAgents(CONSOLE)
    const agent = await house.agent()
    await agent.call('preview_action', stop)
    const { page } = await visitSignedIn(house.url, APPROVALS)
    await approveButton(page).click()
    let reason = 'APPROVAL_LATE'
    await page.route('**/api/approvals', (route) => {
      if (route.request().method() === 'GET') return route.continue()
      const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, metadata: {} }]
      const error = { code: 409, status: 'FAILED_PRECONDITION', message: 'no', details }
      return route.fulfill({ status: 409, json: { error } })
    })
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await page.getByText('Too late: its two minutes were over.').waitFor()
    reason = 'APPROVAL_USED'
    await waiting(page)
      .getByRole('button', { name: /^Decline/ })
      .click()
    await page.getByText('It was decided before, somewhere else.').waitFor()
  })

  inBrowser('with the keys themselves can be seen, and approved nowhere here', PATIENCE, async () => {
    const house = await startForAgents(CONSOLE)
    const agent = await overHttp(house.url, sandboxHeaders)
    await agent.call('preview_action', stop)
    const { page } = await visitSignedIn(house.url, APPROVALS)
    await waiting(page).getByText('This agent came with your access key itself').waitFor()
    expect(await waiting(page).getByRole('button').count()).toBe(0)
  })

  inBrowser('is not shown to a token, which is told what can approve', PATIENCE, async () => {
    const house = await startForAgents(CONSOLE)
    const agent = await house.agent()
    await agent.call('preview_action', stop)
    const seen = await visit(`${house.url}${APPROVALS}`)
    await giveToken(seen.page, String(agent.bearer.authorization).replace('Bearer ', ''))
    await seen.page.getByText('A token cannot approve').waitFor()
    expect(seen.requests.filter((request) => request.url().includes('/api/approvals'))).toEqual([])
    await seen.page.getByRole('button', { name: 'Sign in with an access key' }).click()
    await seen.page.getByLabel('Access key ID (AK)').waitFor()
  })

  inBrowser('is asked for in Chinese, too', PATIENCE, async () => {
    const house = await startForAgents(CONSOLE)
    const agent = await house.agent()
    const { previewId } = (await agent.call('preview_action', terminate)).data
    const { page } = await visitSignedIn(house.url, APPROVALS, { locale: 'zh-CN' })
    await page
      .locator('main')
      .getByRole('button', { name: /^批准：永久删除/ })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('1')
    await dialog.getByRole('button', { name: '批准' }).click()
    await page.getByText('已批准：智能体可执行一次。').waitFor()
    expect(await agent.call('carry_out', { previewId, arguments: terminate })).toMatchObject({
      isError: false,
    })
  })

  inBrowser('is looked for again when the line comes back', PATIENCE, async () => {
    const house = await startForAgents(CONSOLE)
    const agent = await house.agent()
    const { page } = await visitSignedIn(house.url, APPROVALS)
    await page.getByText('Nothing waits for you').waitFor()
    await page.route('**/api/approvals', (route) => route.abort('connectionreset'))
    await page.getByRole('alert').filter({ hasText: 'The connection is lost' }).waitFor()
    await page.unroute('**/api/approvals')
    await agent.call('preview_action', stop)
    await approveButton(page).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})
