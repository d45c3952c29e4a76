import { describe, expect } from 'vitest'
import { KEYS, ONCE } from '../helpers/house.ts'
import { keyring } from '../helpers/tokens.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import {
  alert,
  copied,
  JSON_TYPE,
  main,
  OUR_ID,
  projects,
  REGION,
  refusing,
  rows,
  server,
  servers,
  startCloud,
  signedIn as visitAt,
} from './kit/cloud.ts'
import { startBeforeCloud } from './kit/house.ts'
import { giveKeys, giveToken } from './kit/sign-in.ts'
import { visit } from './kit/visit.ts'

closesBrowser()

const INSTANCES = `/console/instances?regions=${REGION}`

const signedIn = (url: string, path = INSTANCES) => visitAt(url, path)

describe('what trouble looks like', () => {
  inBrowser('401 in use: nothing more is sent until somebody decides', PATIENCE, async () => {
    const cloud = await startCloud(servers([server(1)]))
    const seen = await signedIn(cloud.url)
    await rows(seen).first().waitFor()
    cloud.nowAnswers(
      refusing(401, 'APIGW.0301', 'Incorrect IAM authentication information: The token expires.'),
    )
    await main(seen).getByRole('button', { name: 'Refresh' }).click()
    await alert(seen).filter({ hasText: 'Your keys are no longer accepted' }).waitFor()
    await alert(seen).filter({ hasText: 'These keys have expired' }).first().waitFor()
    expect(await rows(seen).count()).toBe(1)
    const before = seen.requests.length
    await main(seen).getByRole('button', { name: 'Refresh' }).click()
    await seen.settled()
    expect(seen.requests.slice(before).filter((request) => request.url().includes('/api/'))).toEqual([])

    cloud.nowAnswers(servers([server(1), server(2)]))
    await alert(seen).getByRole('button', { name: 'Try again' }).first().click()
    await rows(seen).nth(1).waitFor()
    expect(await alert(seen).count()).toBe(0)
  })

  inBrowser('401 in use: signing in again comes back to the same page', PATIENCE, async () => {
    const cloud = await startCloud(servers([server(1)]))
    const seen = await signedIn(cloud.url)
    await rows(seen).first().waitFor()
    cloud.nowAnswers(refusing(401, 'APIGW.0301', 'Incorrect IAM authentication information: ak AK not exist'))
    await main(seen).getByRole('button', { name: 'Refresh' }).click()
    await alert(seen).getByRole('button', { name: 'Sign in again' }).first().click()
    cloud.nowAnswers(servers([server(7)]))
    await giveKeys(seen.page, { ...KEYS, secretKey: 'SKtestSKtestSKtestSKtestSKtestSKtest0002' })
    await rows(seen).filter({ hasText: 'server-7' }).waitFor()
    expect(seen.page.url()).toBe(`${cloud.url}${INSTANCES}`)
  })

  inBrowser('403: what is not allowed is said in Huawei’s words', PATIENCE, async () => {
    const cloud = await startCloud(refusing(403, 'Ecs.0003', 'Policy does not allow ecs:cloudServers:list.'))
    const seen = await signedIn(cloud.url)
    await alert(seen).filter({ hasText: 'Not allowed' }).waitFor()
    await alert(seen).filter({ hasText: 'Policy does not allow ecs:cloudServers:list.' }).waitFor()
  })

  inBrowser('403: a token of too small a scope names the one it takes', PATIENCE, async () => {
    const ring = keyring()
    const { token } = await ring.mint({ scopes: ['iam'] })
    const cloud = await startCloud(servers([]), ring.env)
    const seen = await visit(`${cloud.url}${INSTANCES}`)
    await giveToken(seen.page, token)
    await alert(seen).filter({ hasText: 'This token may not do that' }).waitFor()
    await alert(seen).filter({ hasText: 'It takes a token with the scope “read”.' }).waitFor()
  })

  inBrowser('429: counts down, and goes on by itself', PATIENCE, async () => {
    const cloud = await startCloud(refusing(429, 'APIGW.0308', 'throttled', { 'retry-after': '2' }))
    const seen = await signedIn(cloud.url)
    await alert(seen).filter({ hasText: 'Too many requests' }).waitFor()
    await alert(seen)
      .filter({ hasText: /Trying again in [12] s/ })
      .waitFor()
    cloud.nowAnswers(servers([server(1)]))
    await rows(seen).first().waitFor()
    expect(await alert(seen).count()).toBe(0)
  })

  inBrowser('502: both request ids are there to copy', PATIENCE, async () => {
    const cloud = await startCloud(refusing(500, 'Ecs.0000', 'internal'))
    const seen = await signedIn(cloud.url)
    const state = alert(seen).filter({ hasText: 'Huawei Cloud did not answer properly' })
    await state.getByText('huawei-said-so').waitFor()
    expect(await copied(seen, state.getByRole('button', { name: 'Copy Huawei Cloud request ID' }))).toBe(
      'huawei-said-so',
    )
    expect(await copied(seen, state.getByRole('button', { name: 'Copy Request ID' }))).toMatch(OUR_ID)
    cloud.nowAnswers(servers([server(1)]))
    await state.getByRole('button', { name: 'Try again' }).click()
    await rows(seen).first().waitFor()
  })

  inBrowser('502 above what was there: it stays, and the ids are to copy there, too', PATIENCE, async () => {
    const cloud = await startCloud(servers([server(1)]))
    const seen = await signedIn(cloud.url)
    await rows(seen).first().waitFor()
    cloud.nowAnswers(refusing(500, 'Ecs.0000', 'internal'))
    await main(seen).getByRole('button', { name: 'Refresh' }).click()
    const state = alert(seen).filter({ hasText: 'Huawei Cloud did not answer properly' })
    expect(await copied(seen, state.getByRole('button', { name: 'Copy Huawei Cloud request ID' }))).toBe(
      'huawei-said-so',
    )
    expect(await copied(seen, state.getByRole('button', { name: 'Copy Request ID' }))).toMatch(OUR_ID)
    expect(await rows(seen).count()).toBe(1)
  })

  inBrowser('504: says so, with the request id to copy, and goes on when asked to', PATIENCE, async () => {
    const cloud = await startCloud(() => {}, { HCA_DEADLINE_READ: '0.5' })
    const seen = await signedIn(cloud.url)
    const state = alert(seen).filter({ hasText: 'Huawei Cloud did not answer in time' })
    await state.getByText('504 UPSTREAM_TIMEOUT').waitFor()
    const id = await copied(seen, state.getByRole('button', { name: 'Copy Request ID' }))
    expect(id).toMatch(OUR_ID)
    await state.getByText(id).waitFor()
    cloud.nowAnswers(servers([server(1)]))
    await state.getByRole('button', { name: 'Try again' }).click()
    await rows(seen).first().waitFor()
  })

  inBrowser('a lost connection: says so, tries again, and what was there stays', PATIENCE, async () => {
    const cloud = await startCloud(servers([server(1)]))
    const seen = await signedIn(cloud.url)
    await rows(seen).first().waitFor()
    await seen.page.context().setOffline(true)
    await main(seen).getByRole('button', { name: 'Refresh' }).click()
    await alert(seen).filter({ hasText: 'The connection is lost' }).first().waitFor()
    await alert(seen)
      .filter({ hasText: /Trying again in \d+ s/ })
      .first()
      .waitFor()
    expect(await rows(seen).count()).toBe(1)
    const tried = seen.requests.length
    await expect.poll(() => seen.requests.length, { timeout: 10_000 }).toBeGreaterThan(tried)
    await seen.page.context().setOffline(false)
    await expect.poll(() => alert(seen).count(), { timeout: 15_000 }).toBe(0)
  })

  inBrowser('a cut list says that there is more', PATIENCE, async () => {
    let isCut = true
    const whole = servers(Array.from({ length: 1_500 }, (_, n) => server(n)))
    const cloud = await startCloud((response, request) => {
      const isFirst = !/offset=(?!1\b)/.test(request.url ?? '')
      if (isFirst || !isCut) whole(response, request)
      else response.destroy()
    })
    const seen = await signedIn(cloud.url)
    await main(seen)
      .getByRole('status')
      .filter({ hasText: /The list was cut after [\d,]+ entries/ })
      .waitFor()
    expect(await rows(seen).count()).toBeGreaterThan(0)
    isCut = false
    await main(seen).getByRole('button', { name: 'Try again' }).click()
    await expect
      .poll(() => main(seen).getByRole('status').filter({ hasText: 'cut' }).count(), { timeout: 10_000 })
      .toBe(0)
  })

  inBrowser('a region that fails stands beside the others', PATIENCE, async () => {
    const house = await startBeforeCloud(
      (request, response) => {
        if (request.url?.startsWith('/v3/'))
          return void response.writeHead(200, JSON_TYPE).end(projects('cn-north-4', 'cn-south-1'))
        if (request.headers['x-project-id'] === 'p-cn-south-1')
          return refusing(403, 'Ecs.0003', 'not here')(response, request)
        servers([server(1)])(response, request)
      },
      { ...ONCE },
    )
    const seen = await signedIn(house.url, '/console/instances')
    await rows(seen).first().waitFor()
    await main(seen).getByText('1 region did not answer').waitFor()
    await main(seen)
      .getByText(/Guangzhou.*Not allowed/)
      .waitFor()
    await main(seen).getByText('Details').click()
    await main(seen).getByText('403 Ecs.0003').waitFor()
    await main(seen).getByText('huawei-said-so').waitFor()
  })

  inBrowser('an empty account is shown as one, with what to do about it', PATIENCE, async () => {
    const cloud = await startCloud(servers([]))
    const seen = await signedIn(cloud.url)
    await seen.settled()
    expect(await alert(seen).count()).toBe(0)
    await main(seen).locator('a[href="/console/instances/new"]').first().waitFor()
  })

  inBrowser('names with markup and marks of direction are text', PATIENCE, async () => {
    const markup = '<img src=x onerror="window.hit=1"><b>bold</b>'
    const turned = 'abc\u202egnp.exe'
    const cloud = await startCloud(servers([server(1, markup), server(2, turned)]))
    const seen = await signedIn(cloud.url)
    await main(seen).getByText(markup).first().waitFor()
    await main(seen).getByText('U+202E').first().waitFor()
    expect(await seen.page.evaluate('document.querySelectorAll("main img, main b").length')).toBe(0)
    expect(await seen.page.evaluate('window.hit')).toBeUndefined()
    expect(await seen.violations()).toEqual([])
    const bdi = 'getComputedStyle([...document.querySelectorAll("main bdi")].at(-1)).unicodeBidi'
    expect(await seen.page.evaluate(bdi)).toBe('isolate')
  })
})

describe('10,000 rows', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => server(n))

  inBrowser('are there, filter quickly, and only those in sight stand in the DOM', PATIENCE, async () => {
    const cloud = await startCloud(servers(many))
    const seen = await signedIn(cloud.url)
    await main(seen)
      .getByText(/10,000/)
      .first()
      .waitFor({ timeout: 30_000 })
    await seen.settled()
    expect(await rows(seen).count()).toBeLessThan(200)
    const search = main(seen)
      .getByRole('searchbox')
      .or(main(seen).getByRole('textbox', { name: /search/i }))
      .first()
    // From the key to the frame in which the rows are there; the page measures it, so the test's own way does not count.
    await seen.page.evaluate(`
      document.addEventListener('input', () => {
        const began = performance.now()
        const look = () => [...document.querySelectorAll('main bdi, main td, main [role=gridcell]')]
          .some((cell) => cell.textContent === 'server-9876')
          ? (window.filteredIn = performance.now() - began) : requestAnimationFrame(look)
        requestAnimationFrame(look)
      }, { once: true, capture: true })`)
    await search.fill('server-9876')
    await expect.poll(() => seen.page.evaluate('window.filteredIn'), { timeout: 10_000 }).toBeTypeOf('number')
    await expect.poll(() => rows(seen).count()).toBe(1)
    const ms = (await seen.page.evaluate('window.filteredIn')) as number
    process.stdout.write(`10,000 rows filtered in ${ms.toFixed(0)} ms\n`)
    expect(ms).toBeLessThan(500)
  })
})
