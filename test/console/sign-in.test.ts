import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished } from 'vitest'
import { KEYS, ONCE, startHouse } from '../helpers/house.ts'
import { keyring } from '../helpers/tokens.ts'
import { closesBrowser, inBrowser, PATIENCE } from './kit/chromium.ts'
import { BUILT, SANDBOX, startBeforeCloud, startConsole } from './kit/house.ts'
import { giveKeys, giveToken, takeSandboxKeys } from './kit/sign-in.ts'
import { type Visit, visit } from './kit/visit.ts'

closesBrowser()

const alert = ({ page }: Visit) => page.getByRole('alert')
const heading = ({ page }: Visit) => page.locator('main h1')
const account = ({ page }: Visit) => page.getByRole('button', { name: /^(?:Sign out|退出)$/ })

/** A Huawei Cloud that refuses every key, in these words. */
const refusing = (words: string) =>
  startBeforeCloud((_, response) => {
    const body = JSON.stringify({
      error_msg: `Incorrect IAM authentication information: ${words}`,
      error_code: 'APIGW.0301',
    })
    response.writeHead(401, { 'content-type': 'application/json' }).end(body)
  }, ONCE)

const PROJECTS = JSON.stringify({
  projects: [{ id: 'p-cn-north-4', name: 'cn-north-4', domain_id: 'account', parent_id: 'account' }],
})
/** A Huawei Cloud with one region and nothing in it, to which all keys are good. */
const empty = () =>
  startBeforeCloud((request, response) => {
    const body = request.url?.startsWith('/v3/projects') ? PROJECTS : '{"count":0,"servers":[]}'
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  }, ONCE)

describe('signing in', () => {
  inBrowser(
    'takes one click with the sandbox’s keys, and shows the page that was asked for',
    PATIENCE,
    async () => {
      const { url } = await startConsole()
      const seen = await visit(`${url}/console/images?q=ubuntu`)
      await takeSandboxKeys(seen.page)
      await heading(seen).filter({ hasText: 'Images' }).waitFor()
      expect(seen.page.url()).toBe(`${url}/console/images?q=ubuntu`)
      expect(await seen.page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}')
    },
  )

  inBrowser('offers no sandbox where there is none', PATIENCE, async () => {
    const { url } = await startHouse({ HCA_CONSOLE: BUILT, HCA_SANDBOX: 'off' })
    const { page } = await visit(`${url}/console/`)
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Use the sandbox keys' }).count()).toBe(0)
  })

  inBrowser('a wrong secret and an unknown key are told apart', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visit(`${url}/console/`)
    await giveKeys(seen.page, { accessKey: SANDBOX.accessKey, secretKey: 'wrong' })
    await alert(seen).filter({ hasText: 'The secret key does not belong to this access key.' }).waitFor()
    await giveKeys(seen.page, { accessKey: 'SANDBOXUNKNOWN', secretKey: 'wrong' })
    await alert(seen).filter({ hasText: 'Huawei Cloud does not know this access key.' }).waitFor()
  })

  inBrowser.for<[words: string, said: RegExp]>([
    [
      'calc aksk signature fail:signature expired, signature time:20260101T000000Z,server time:20260101T001530Z',
      /clock of the server that runs this console is off by 930 seconds/,
    ],
    ['AK access failed to reach the limit,forbidden.', /locked this access key after too many wrong secrets/],
    ['The token expires.', /These keys have expired/],
    ['decrypt token fail', /security token is not valid with these keys/],
  ])('“%s” is told in plain words', PATIENCE, async ([words, said]) => {
    const { url } = await refusing(words)
    const seen = await visit(`${url}/console/`)
    await giveKeys(seen.page, { ...KEYS, securityToken: 'TOKEN0123456789' })
    await alert(seen).filter({ hasText: said }).waitFor()
    await alert(seen)
      .filter({ hasText: /Request ID: [0-9a-f-]{36}/ })
      .waitFor()
    expect(await account(seen).count()).toBe(0)
  })

  inBrowser('a key that was refused again and again rests, and says so', PATIENCE, async () => {
    const { url } = await refusing('verify aksk signature fail')
    const seen = await visit(`${url}/console/`)
    const rests = alert(seen).filter({ hasText: 'It rests for a minute' })
    for (let times = 0; times < 5 && (await rests.count()) === 0; times += 1) {
      const answered = seen.page.waitForResponse(/\/api\//)
      await giveKeys(seen.page, KEYS)
      await answered
      await alert(seen)
        .filter({ hasText: /does not belong|It rests/ })
        .waitFor()
    }
    await rests.waitFor()
  })

  inBrowser('says so where Huawei Cloud cannot be reached', PATIENCE, async () => {
    const { url } = await startHouse({
      HCA_CONSOLE: BUILT,
      HUAWEICLOUD_ENDPOINT_URL: await closedPort(),
      ...ONCE,
    })
    const seen = await visit(`${url}/console/`)
    await giveKeys(seen.page, KEYS)
    await alert(seen).filter({ hasText: 'Huawei Cloud did not answer properly' }).waitFor()
  })

  inBrowser('says so where this server cannot be reached', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visit(`${url}/console/`)
    await seen.page.getByLabel('Access key ID (AK)').waitFor()
    await seen.page.context().setOffline(true)
    await giveKeys(seen.page, KEYS)
    await alert(seen).filter({ hasText: 'The connection is lost' }).waitFor()
  })

  inBrowser('what cannot be a key is told at its field, and nothing is sent', PATIENCE, async () => {
    const { url } = await startConsole()
    const seen = await visit(`${url}/console/`)
    await seen.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await seen.page.getByText('Enter the access key ID.').waitFor()
    await giveKeys(seen.page, { accessKey: 'ключ', secretKey: 'x' })
    await seen.page.getByText('There is a character in it that keys do not have.').waitFor()
    expect(seen.requests.filter((request) => request.url().includes('/api/'))).toEqual([])
  })

  inBrowser('takes gateway tokens, and says what is wrong with one', PATIENCE, async () => {
    const ring = keyring()
    const good = await ring.mint({ scopes: ['read'] })
    const old = await ring.mint({ expires: Date.now() - 1_000 })
    const revoked = await ring.mint({ revoked: Date.now() - 1_000 })
    const { url } = await startBeforeCloud((request, response) => {
      const body = request.url?.startsWith('/v3/projects') ? PROJECTS : '{"count":0,"servers":[]}'
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    }, ring.env)
    const seen = await visit(`${url}/console/instances`)
    await giveToken(seen.page, old.token)
    await alert(seen).filter({ hasText: 'This token has expired.' }).waitFor()
    await giveToken(seen.page, revoked.token)
    await alert(seen).filter({ hasText: 'This token was revoked.' }).waitFor()
    await giveToken(seen.page, `${good.token.slice(0, -1)}${good.token.endsWith('A') ? 'B' : 'A'}`)
    await alert(seen).filter({ hasText: 'This server does not know the token.' }).waitFor()
    await giveToken(seen.page, good.token)
    await account(seen).waitFor()
    await seen.page.getByText('Gateway token').waitFor()
    expect(await seen.whereIs(good.token)).toEqual([])
  })
})

describe('keys', () => {
  inBrowser(
    'live in memory: nowhere in storage, address or DOM, and a reload asks for them anew',
    PATIENCE,
    async () => {
      const { url } = await empty()
      const seen = await visit(`${url}/console/`)
      await giveKeys(seen.page, KEYS)
      await account(seen).waitFor()
      await seen.settled()
      expect(await seen.whereIs(KEYS.accessKey, KEYS.secretKey)).toEqual([])
      await seen.page.reload()
      await seen.page.getByLabel('Access key ID (AK)').waitFor()
    },
  )

  inBrowser('are kept for this tab only if asked, and survive a reload there', PATIENCE, async () => {
    const { url } = await empty()
    const seen = await visit(`${url}/console/`)
    await giveKeys(seen.page, { ...KEYS, keep: true })
    await account(seen).waitFor()
    await seen.settled()
    expect(await seen.whereIs(KEYS.secretKey)).toEqual([`session: ${KEYS.secretKey}`])
    await seen.page.reload()
    await account(seen).waitFor()
    const other = await seen.page.context().newPage()
    await other.goto(`${url}/console/`)
    await other.getByLabel('Access key ID (AK)').waitFor()
  })

  inBrowser('leaving wipes them, and all that was learned with them', PATIENCE, async () => {
    const { url } = await empty()
    const seen = await visit(`${url}/console/instances`)
    await giveKeys(seen.page, { ...KEYS, keep: true })
    await account(seen).waitFor()
    await seen.settled()
    await account(seen).click()
    await seen.page.getByLabel('Access key ID (AK)').waitFor()
    expect(await seen.whereIs(KEYS.accessKey, KEYS.secretKey)).toEqual([])
    expect(await seen.page.evaluate('JSON.stringify(sessionStorage)')).toBe('{}')

    const before = seen.requests.length
    await giveKeys(seen.page, KEYS)
    await account(seen).waitFor()
    await seen.settled()
    const lists = seen.requests.slice(before).filter((request) => request.url().includes('/api/instances'))
    expect(lists.length).toBeGreaterThan(0)
  })

  inBrowser('stand in no address that is asked for', PATIENCE, async () => {
    const { url } = await empty()
    const seen = await visit(`${url}/console/`)
    await giveKeys(seen.page, KEYS)
    await account(seen).waitFor()
    await seen.settled()
    const texts = seen.requests.map((request) => request.url() + (request.postData() ?? ''))
    expect(texts.filter((text) => text.includes(KEYS.accessKey) || text.includes(KEYS.secretKey))).toEqual([])
  })
})

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
