import { describe, expect } from 'vitest'
import { KEYS, ONCE } from '../helpers/house.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { startBeforeCloud, startConsole } from './kit/house.ts'
import { giveKeys, visitSignedIn } from './kit/sign-in.ts'
import { type Visit, visit } from './kit/visit.ts'

closesBrowser()

const PATH = '/console/sandbox'
const section = ({ page }: Visit, name: string) => page.getByRole('region', { name })

describe('the sandbox’s page', () => {
  inBrowser('is for the sandbox’s keys only', PATIENCE, async () => {
    const { url } = await startBeforeCloud((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"projects":[]}')
    }, ONCE)
    const { page } = await visit(`${url}${PATH}`)
    await giveKeys(page, KEYS)
    await page.locator('h1', { hasText: 'There is no such page' }).waitFor()
    expect(await page.getByRole('link', { name: 'Sandbox' }).count()).toBe(0)
  })

  inBrowser('shows the world, and what each region holds', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visitSignedIn(url, PATH)
    const world = section(seen, 'World')
    await world.getByText('Instances').waitFor()
    await world.getByRole('button', { name: 'Count by region' }).click()
    const regions = world.getByRole('grid', { name: 'What each region holds' })
    await regions.getByText('CN North-Beijing4').waitFor()
    await seen.settled()
    expect(await regions.getByText('–', { exact: true }).count()).toBe(0)
  })

  inBrowser('sets the pace', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visitSignedIn(url, PATH)
    const pace = section(seen, 'Pace of jobs')
    await pace.getByText('Jobs end at once.').waitFor()
    await pace.getByText('By clock', { exact: true }).click()
    await pace.getByLabel('Seconds').fill('2.5')
    await pace.getByRole('button', { name: 'Set pace' }).click()
    await pace.getByText('Each job takes 2.5 s.').waitFor()
  })

  inBrowser('stops the clock, and moves it', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visitSignedIn(url, PATH)
    const clock = section(seen, 'Clock')
    await clock.getByRole('button', { name: 'Stop the clock' }).click()
    await clock.getByText(/Standing still/).waitFor()
    await clock.getByLabel('Set to (UTC)').fill('2030-02-03T04:05:06')
    await clock.getByRole('button', { name: 'Set clock' }).click()
    await clock.locator('time[datetime="2030-02-03T04:05:06.000Z"]').waitFor()
    await clock.getByRole('button', { name: '+ 1 hr' }).click()
    await clock.locator('time[datetime="2030-02-03T05:05:06.000Z"]').waitFor()
    await clock.getByRole('button', { name: 'Let it run' }).click()
    await clock.getByText(/Running · .* ahead/).waitFor()
  })

  inBrowser('plants faults, which strike, and takes them away', PATIENCE, async () => {
    const { url, ask } = await startConsole()
    const seen = await visitSignedIn(url, PATH)
    const faults = section(seen, 'Faults')
    await faults.getByText('Nothing goes wrong').waitFor()
    await faults.getByLabel('Where').fill('ims.nothing')
    await faults.getByRole('button', { name: 'Plant fault' }).click()
    await faults.getByText('There is no service or operation ims.nothing').waitFor()
    await faults.getByLabel('Where').fill('ims')
    await faults.getByRole('button', { name: 'No permission (403)' }).click()
    await faults.getByLabel('How often').fill('0')
    await faults.getByRole('button', { name: 'Plant fault' }).click()
    await faults.getByText('A whole number from 1.').waitFor()
    await faults.getByLabel('How often').fill('2')
    await faults.getByRole('button', { name: 'Plant fault' }).click()
    await faults.getByText('Refused: 403').waitFor()
    await faults.getByText(/2 left · struck 0 times/).waitFor()
    await expect(ask('GET', '/api/images?regionId=cn-north-4')).rejects.toThrow('403')
    await seen.page.locator('main').getByRole('button', { name: 'Refresh' }).click()
    await faults.getByText(/1 left · struck 1 times/).waitFor()
    await faults.getByRole('button', { name: 'Remove fault-1' }).click()
    await faults.getByText('Nothing goes wrong').waitFor()
    await ask('GET', '/api/images?regionId=cn-north-4')
  })

  inBrowser('shows what happens as it happens, and finds it', PATIENCE, async () => {
    const { url, ask } = await startConsole()
    const seen = await visitSignedIn(url, PATH)
    const log = section(seen, 'Event log')
    await log.getByText('iam.KeystoneListProjects').first().waitFor()
    await ask('GET', '/api/images?regionId=cn-north-4')
    await log.getByText('ims.GlanceListImages').waitFor()
    await log.getByLabel('Search the log').fill('ims glance')
    await expect.poll(() => log.getByText('iam.KeystoneListProjects').count()).toBe(0)
    expect(seen.page.url()).toContain('q=ims+glance')
    await log.getByLabel('Search the log').fill('no such thing')
    await log.getByText('Nothing matches').waitFor()
  })

  inBrowser('goes back to a snapshot, and to the first day', PATIENCE, async () => {
    const { url, ask, door } = await startConsole()
    await door('POST', 'faults', { on: 'evs', do: 'throttle' })
    const seen = await visitSignedIn(url, PATH)
    const snapshots = section(seen, 'Snapshots')
    const faults = section(seen, 'Faults')
    await faults.getByText('evs', { exact: true }).waitFor()
    await snapshots.getByLabel('Name of the snapshot').fill('no good')
    await snapshots.getByRole('button', { name: 'Save' }).click()
    await snapshots.getByText('Letters, digits, dashes and underscores').waitFor()
    await snapshots.getByLabel('Name of the snapshot').fill('one-fault')
    await snapshots.getByRole('button', { name: 'Save' }).click()
    await snapshots.getByText('one-fault').waitFor()

    await seen.page.getByRole('button', { name: 'Reset the sandbox' }).click()
    const dialog = seen.page.getByRole('dialog')
    await dialog.getByText('Everything goes back to the first day').waitFor()
    await dialog.getByRole('button', { name: 'Reset the sandbox' }).click()
    await faults.getByText('Nothing goes wrong').waitFor()

    await snapshots.getByRole('button', { name: 'Go back to one-fault' }).click()
    await seen.page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click()
    await faults.getByText('evs', { exact: true }).waitFor()
    await snapshots.getByRole('button', { name: 'Remove one-fault' }).click()
    await snapshots.getByText('No snapshot yet').waitFor()
    await ask('GET', '/api/images?regionId=cn-north-4')
  })
})
