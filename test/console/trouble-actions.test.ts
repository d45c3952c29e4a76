import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import {
  type Answer,
  copied,
  JSON_TYPE,
  OUR_ID,
  REGION,
  refusing,
  server,
  servers,
  signedIn,
  startCloud,
} from './kit/cloud.ts'

closesBrowser()

const text = en.instances.actions
const list = servers([server(1)])
const ended: Answer = (response) => {
  response.writeHead(200, JSON_TYPE).end(JSON.stringify({ job_id: 'job-1', status: 'SUCCESS' }))
}

/** Stops the one instance there is, in a cloud that answers that like this, and all else well. */
async function stopped(answer: Answer, env: Record<string, string> = {}) {
  let now = answer
  let writes = 0
  const cloud = await startCloud((response, request) => {
    if (request.url?.includes('/jobs/')) return ended(response, request)
    if (request.method !== 'POST') return list(response, request)
    writes += 1
    now(response, request)
  }, env)
  const seen = await signedIn(cloud.url, `/console/instances?regions=${REGION}`)
  const { page } = seen
  await page.getByRole('checkbox', { name: 'Select server-1' }).check()
  await page.getByRole('toolbar').getByRole('button', { name: text.stop.name, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: text.stop.confirmOne, exact: true }).click()
  return {
    ...seen,
    seen,
    panel: page.getByRole('region', { name: text.panel }),
    writes: () => writes,
    nowAnswers: (next: Answer) => {
      now = next
    },
  }
}

describe('an action in trouble', () => {
  inBrowser('403: Huawei’s words, and the ids to copy', PATIENCE, async () => {
    const { seen, panel } = await stopped(refusing(403, 'Ecs.0003', 'Policy does not allow it.'))
    await panel.getByText(text.count.failed('1')).waitFor()
    await panel.getByText('Policy does not allow it.').first().waitFor()
    await panel.getByText('403 Ecs.0003').waitFor()
    const button = (name: string) => panel.getByRole('button', { name: `Copy ${name}` })
    expect(await copied(seen, button(en.errors.upstreamRequestId))).toBe('huawei-said-so')
    expect(await copied(seen, button(en.errors.requestId))).toMatch(OUR_ID)
    expect(seen.complaints).toEqual([])
  })

  inBrowser('429: it failed, and can be repeated from where it stands', PATIENCE, async () => {
    const { panel, nowAnswers } = await stopped(refusing(429, 'Ecs.1503', 'slow down'))
    await panel.getByText(text.count.failed('1')).waitFor()
    await panel.getByText(en.errors.throttled).waitFor()
    nowAnswers(ended)
    await panel.getByRole('button', { name: text.repeatFailed('1') }).click()
    await panel.getByText(text.count.done('1')).waitFor()
  })

  inBrowser('an answer that was lost: not known, how to find out, and not sent again', PATIENCE, async () => {
    const { panel, writes } = await stopped((response) => response.destroy())
    await panel.getByText(text.count.unknown('1')).waitFor()
    await panel.getByText(text.unknown).waitFor()
    await panel.getByText(text.stop.findOut).waitFor()
    expect(await panel.getByRole('button', { name: text.repeatFailed('1') }).count()).toBe(0)
    expect(writes()).toBe(1)
  })

  inBrowser('504: not known either, with the request id', PATIENCE, async () => {
    const { seen, panel, writes } = await stopped(() => {}, { HCA_DEADLINE_WRITE: '0.5' })
    await panel.getByText(text.unknown).waitFor()
    const id = panel.getByRole('button', { name: `Copy ${en.errors.requestId}` })
    expect(await copied(seen, id)).toMatch(OUR_ID)
    expect(writes()).toBe(1)
  })

  inBrowser(
    'a line that is lost on the way: not known, since nobody can tell from here',
    PATIENCE,
    async () => {
      const { page, panel, seen } = await stopped(ended)
      await panel.getByText(text.count.done('1')).waitFor()
      await page.context().setOffline(true)
      await page.getByRole('checkbox', { name: 'Select server-1' }).check()
      await page.getByRole('toolbar').getByRole('button', { name: text.stop.name, exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: text.stop.confirmOne, exact: true }).click()
      await panel.getByText(text.count.unknown('1')).waitFor()
      await panel.getByText(text.stop.findOut).waitFor()
      expect(await seen.violations()).toEqual([])
    },
  )
})
