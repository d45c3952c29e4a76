import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { zh } from '../../src/console/text/zh.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import { startConsole } from './kit/house.ts'
import { arrowTo, tabTo } from './kit/keys.ts'
import { takeSandboxKeys, visitSignedIn } from './kit/sign-in.ts'
import type { Visit } from './kit/visit.ts'

closesBrowser()

const LONG = { timeout: 90_000 }
const REGION = 'cn-north-4'
const IMAGE = 'CentOS 7.9 64bit'
const TYPE = 's6.large.2'
const PASSWORD = 'Quiet-Harbour-73'

describe('an instance made by Create', () => {
  inBrowser('step by step with a mouse, in English', LONG, async () => {
    const house = await startConsole()
    const seen = await visitSignedIn(house.url, '/console/instances')
    const { page } = seen
    const text = en.create
    await page.getByRole('link', { name: en.instances.create }).click()
    await page.getByRole('radio', { name: REGION }).check()
    await next(page, 'image')
    await page.getByRole('searchbox', { name: text.images.search }).fill('centos')
    await page.getByLabel(text.images.system, { exact: true }).selectOption('CentOS')
    await page.getByLabel(text.images.architecture).selectOption('x86')
    await page.getByRole('radio', { name: IMAGE }).check()
    await next(page, 'type')
    await page.getByLabel(text.types.vcpus, { exact: true }).selectOption('2')
    await page.getByLabel(text.types.memory, { exact: true }).selectOption('4')
    await page.getByLabel(text.types.family, { exact: true }).selectOption('s6')
    await page.getByRole('radio', { name: TYPE }).check()
    await next(page, 'network')
    await page.getByLabel(text.network.vpc).selectOption({ index: 1 })
    await page.getByLabel(text.network.subnet).selectOption({ index: 1 })
    await page.getByRole('checkbox', { name: 'default' }).check()
    await page.getByRole('radio', { name: text.network.publicIps.new }).check()
    await next(page, 'disks')
    await page.getByRole('button', { name: text.disks.add }).click()
    await page.getByLabel(`${text.disks.dataOne('1')}: ${text.disks.size}`).fill('50')
    await next(page, 'access')
    await page.locator('input[autocomplete="new-password"]').fill(PASSWORD)
    await next(page, 'name')
    await page.getByRole('textbox', { name: text.naming.name, exact: true }).fill('by-mouse')
    await page.getByRole('spinbutton', { name: text.naming.count }).fill('2')
    await page.getByRole('button', { name: text.naming.addTag }).click()
    await page.getByLabel(text.naming.key('1')).fill('tier')
    await page.getByLabel(text.naming.value('1')).fill('web')
    await next(page, 'review')
    expect(await seen.whereIs(PASSWORD)).toEqual([])
    await page.getByRole('button', { name: text.review.check }).click()
    await page.getByText(text.review.passed, { exact: true }).waitFor()
    await page.getByRole('button', { name: text.review.create('2') }).click()
    await page.getByText(text.progress.done, { exact: true }).waitFor()
    await page.getByRole('link', { name: text.progress.list }).click()
    const rows = page.getByRole('link', { name: /^by-mouse/ })
    await rows.nth(1).waitFor()
    expect(await rows.count()).toBe(2)
    const { servers } = await house.ask('GET', `/api/instances?regionId=${REGION}&name=by-mouse`)
    expect(servers).toMatchObject([
      { status: 'ACTIVE', tags: expect.arrayContaining(['tier=web']) },
      { status: 'ACTIVE' },
    ])
    expect(await seen.violations()).toEqual([])
    expect(seen.complaints).toEqual([])
  })

  inBrowser('by keyboard alone, in Chinese', LONG, async () => {
    const house = await startConsole()
    const seen = await visitSignedIn(house.url, '/console/instances', { locale: 'zh-CN' })
    const { page } = seen
    const text = zh.create
    const press = async (name: string) => {
      await tabTo(page, name)
      await page.keyboard.press('Enter')
    }
    const type = async (name: string, words: string) => {
      await tabTo(page, name)
      await page.keyboard.type(words)
    }
    const goOn = async (step: keyof typeof text.steps) => {
      await press(text.next(text.steps[step]))
      await page.getByRole('region', { name: text.steps[step], exact: true }).waitFor()
      await seen.settled()
    }
    await press(zh.instances.create)
    await page.getByRole('radio', { name: REGION }).waitFor()
    await arrowTo(page, 'region', REGION)
    await goOn('image')
    await type(text.images.search, IMAGE)
    await arrowTo(page, 'image', await idOfImage(house))
    await goOn('type')
    await type(text.types.search, TYPE)
    await arrowTo(page, 'type', TYPE)
    await goOn('network')
    await tabTo(page, text.network.vpc)
    await page.keyboard.press('ArrowDown')
    await tabTo(page, text.network.subnet)
    await page.keyboard.press('ArrowDown')
    await goOn('disks')
    await goOn('access')
    await tabTo(page, text.access.password)
    await page.keyboard.press('Tab')
    await type(text.access.password, PASSWORD)
    await goOn('name')
    await type(text.naming.name, '键盘')
    await goOn('review')
    await press(text.review.check)
    await page.getByText(text.review.passed, { exact: true }).waitFor()
    await press(text.review.create('1'))
    await page.getByText(text.progress.done, { exact: true }).waitFor()
    await press(text.progress.list)
    await page.getByRole('link', { name: '键盘', exact: true }).waitFor()
    expect(await seen.violations()).toEqual([])
    expect(seen.complaints).toEqual([])
  })
})

describe('what Create says no to', () => {
  inBrowser('a refusal lands at its field, and what was typed is still there', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'herd', count: '30' })
    await toStep(page, 'name')
    await page.getByRole('radio', { name: en.create.charging.modes.spot }).check()
    await next(page, 'review')
    await page.getByRole('button', { name: en.create.review.check }).click()
    await page.getByRole('region', { name: en.create.steps.name, exact: true }).waitFor()
    const count = page.getByRole('spinbutton', { name: en.create.naming.count })
    expect(await described(count)).toContain('Insufficient quota of spot ECSs. · Ecs.0001')
    expect(await page.getByRole('textbox', { name: en.create.naming.name, exact: true }).inputValue()).toBe(
      'herd',
    )
    await count.fill('1')
    expect(await described(count)).not.toContain('Ecs.0001')
    await next(page, 'review')
    await checked(page)
  })

  inBrowser('what Huawei Cloud has sold out in the meantime is told at the type', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'off-sale-web' })
    await page.getByRole('button', { name: en.create.review.check }).click()
    await page.getByRole('region', { name: en.create.steps.type, exact: true }).waitFor()
    await page
      .getByRole('group', { name: en.create.steps.type })
      .getByText(/sold out.*Ecs\.0018/)
      .waitFor()
  })

  inBrowser('an address outside the subnet is refused at the address', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'far' })
    await toStep(page, 'network')
    await page.getByLabel(en.create.network.address).fill('10.99.0.7')
    await toStep(page, 'review')
    await page.getByRole('button', { name: en.create.review.check }).click()
    await page.getByRole('region', { name: en.create.steps.network, exact: true }).waitFor()
    expect(await described(page.getByLabel(en.create.network.address))).toContain('10.99.0.7')
  })
})

describe('when the answer of a create is lost', () => {
  inBrowser('asking again with the same key buys nothing twice', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'once' })
    await checked(page)
    await house.door('POST', 'faults', { on: 'ecs.CreateServers', phase: 'after', do: 'hang-up' })
    await lost(page)
    await page.getByText(en.errors.unknownTitle, { exact: true }).waitFor()
    await house.door('DELETE', 'faults')
    await page.getByRole('button', { name: en.create.review.sendAgain }).click()
    await page.getByText(en.create.progress.done, { exact: true }).waitFor()
    expect(await namesIn(house, 'once')).toEqual(['once'])
  })

  inBrowser('beginning anew says what it risks, and can be left', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'maybe' })
    await checked(page)
    await page.route('**/api/instances', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await lost(page)
    await page.unroute('**/api/instances')
    await page.getByRole('button', { name: en.create.review.giveUp }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(en.create.review.giveUpRisk('1')).waitFor()
    await dialog.getByRole('button', { name: en.parts.cancel }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: en.create.review.sendAgain }).waitFor()
    await page.getByRole('button', { name: en.create.review.giveUp }).click()
    await dialog.getByRole('button', { name: en.create.review.giveUpSure }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: en.create.review.sendAgain }).count()).toBe(0)
    expect(await namesIn(house, 'maybe')).toEqual(['maybe'])
  })
})

describe('what is chosen or made on the way', () => {
  inBrowser('links of the lists choose the image and the type', LONG, async () => {
    const house = await startConsole()
    const seen = await visitSignedIn(house.url, `/console/images?regions=${REGION}&q=${IMAGE}`)
    const { page } = seen
    await page.getByRole('link', { name: `${en.images.create}: ${IMAGE}`, exact: true }).click()
    await page.getByRole('region', { name: en.create.steps.type, exact: true }).waitFor()
    const summary = page.getByRole('complementary', { name: en.create.summary })
    await summary.getByText(IMAGE, { exact: true }).waitFor()
    await page.getByRole('link', { name: en.shell.instanceTypes }).click()
    await page.getByRole('searchbox', { name: en.instanceTypes.search }).fill(TYPE)
    await page.getByRole('link', { name: `${en.instanceTypes.create}: ${TYPE}`, exact: true }).click()
    await summary.getByText(TYPE).waitFor()
    await summary.getByText(IMAGE, { exact: true }).waitFor()
    await page.goto(`${house.url}/console/instances/new?region=${REGION}&image=no-such-image`)
    await takeSandboxKeys(page)
    await page.getByText(en.create.notHere).waitFor()
  })

  inBrowser(
    'a link to a step shows it on a small screen, and misses nothing that it does not name',
    LONG,
    async () => {
      const house = await startConsole()
      const path = `/console/instances/new?region=${REGION}&step=type`
      const { page } = await visitSignedIn(house.url, path, { viewport: { width: 360, height: 740 } })
      await page.getByRole('radio', { name: /^s6\.small\.1/ }).waitFor()
      expect(await page.getByText(en.create.notHere).count()).toBe(0)
      const step = page.getByRole('navigation', { name: en.create.stepsLabel }).locator('[aria-current=step]')
      const { x = -1, width = 0 } = (await step.boundingBox()) ?? {}
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(360)
    },
  )

  inBrowser('a key pair is made, handed out as a file and kept nowhere', LONG, async () => {
    const house = await startConsole()
    const seen = await filledIn(house, { name: 'keyed' })
    const { page } = seen
    await toStep(page, 'access')
    await page.getByRole('radio', { name: en.create.access.key }).check()
    await page.getByRole('textbox', { name: en.create.access.keyName }).fill('fresh')
    await page.getByRole('button', { name: en.create.access.makeKey }).click()
    const save = page.getByRole('button', { name: en.create.access.save })
    const [file] = await Promise.all([page.waitForEvent('download'), save.click()])
    expect(file.suggestedFilename()).toBe('fresh.pem')
    expect(readFileSync(await file.path(), 'utf8')).toContain('PRIVATE KEY')
    expect(await seen.whereIs('PRIVATE KEY')).toEqual([])
    expect(await page.getByLabel(en.create.access.key).last().inputValue()).toBe('fresh')
    await toStep(page, 'review')
    await bought(page)
    const { servers } = await house.ask('GET', `/api/instances?regionId=${REGION}&name=keyed`)
    expect(servers).toMatchObject([{ key_name: 'fresh' }])
  })

  inBrowser('paid for in advance, and told so plainly', LONG, async () => {
    const house = await startConsole()
    const { page } = await filledIn(house, { name: 'ahead' })
    await toStep(page, 'name')
    await page.getByRole('radio', { name: en.create.charging.modes.prePaid }).check()
    await page.getByRole('checkbox', { name: en.create.charging.autoRenew }).check()
    await next(page, 'review')
    await page.getByText('Paid in advance: 1 month, renews by itself').waitFor()
    await bought(page)
    await page.getByText(en.create.progress.order).waitFor()
    const { servers } = await house.ask('GET', `/api/instances?regionId=${REGION}&name=ahead`)
    expect(servers).toMatchObject([{ metadata: { charging_mode: '1' } }])
  })
})

type House = Awaited<ReturnType<typeof startConsole>>

/** At the review, with everything given that there must be. */
async function filledIn(house: House, given: { name: string; count?: string }): Promise<Visit> {
  const image = await idOfImage(house)
  const path = `/console/instances/new?${new URLSearchParams({ region: REGION, image, type: TYPE, step: 'network' })}`
  const seen = await visitSignedIn(house.url, path)
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

async function bought(page: Page): Promise<void> {
  await checked(page)
  await page.getByRole('button', { name: en.create.review.create('1') }).click()
  await page.getByText(en.create.progress.done, { exact: true }).waitFor()
}

/** The order goes out, and no answer comes back. */
async function lost(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.create.review.create('1') }).click()
  await page.getByText(en.create.review.unknown, { exact: true }).waitFor()
}

async function checked(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.create.review.check }).click()
  await page.getByText(en.create.review.passed, { exact: true }).waitFor()
}

async function namesIn(house: House, name: string): Promise<string[]> {
  const { servers } = await house.ask('GET', `/api/instances?regionId=${REGION}&name=${name}`)
  return (servers as { name: string }[]).map((server) => server.name)
}

/** What is said at a field beside its label. */
const described = (field: Locator): Promise<string> =>
  field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id: string) => element.ownerDocument.getElementById(id)?.textContent ?? '')
      .join(' '),
  )

async function idOfImage(house: House): Promise<string> {
  const { images } = await house.ask('GET', `/api/images?regionId=${REGION}&name=${IMAGE}`)
  const [image] = images as { id: string }[]
  return image?.id ?? ''
}

async function toStep(page: Page, step: keyof typeof en.create.steps): Promise<void> {
  const steps = page.getByRole('navigation', { name: en.create.stepsLabel })
  await steps.getByRole('link', { name: en.create.steps[step] }).click()
  await page.getByRole('region', { name: en.create.steps[step], exact: true }).waitFor()
}

async function next(page: Page, step: keyof typeof en.create.steps): Promise<void> {
  const name = en.create.steps[step]
  await page.getByRole('link', { name: en.create.next(name) }).click()
  await page.getByRole('region', { name, exact: true }).waitFor()
}
