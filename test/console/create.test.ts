import { describe, expect } from 'vitest'
import { en } from '../../src/console/text/en.ts'
import { zh } from '../../src/console/text/zh.ts'
import { closesBrowser, inBrowser } from './kit/chromium.ts'
import { IMAGE, idOfImage, LONG, next, PASSWORD, REGION, serversNamed, TYPE } from './kit/create.ts'
import { startConsole } from './kit/house.ts'
import { arrowTo, tabTo } from './kit/keys.ts'
import { visitSignedIn } from './kit/sign-in.ts'

closesBrowser()

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
    expect(await serversNamed(house, 'by-mouse')).toMatchObject([
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
