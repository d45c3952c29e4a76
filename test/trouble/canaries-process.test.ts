import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ask, askRaw, startBefore } from '../helpers/house.ts'
import { preloaded } from '../helpers/preload.ts'
import { launcher, mutters, type Program, run, start, urlOf } from '../helpers/program.ts'
import { keyring } from '../helpers/tokens.ts'
import { accessKeys, passwords, proxyLogins, secretKeys, securityTokens, textOf } from './canary-list.ts'
import { IMAGES, planted } from './canary-requests.ts'
import { searchFor } from './canary-search.ts'

const search = searchFor()

/** Where keys stand in the environment of whoever starts it. */
const AMBIENT = {
  HUAWEICLOUD_SDK_AK: textOf(accessKeys),
  HUAWEICLOUD_SDK_SK: textOf(secretKeys),
  HUAWEICLOUD_SDK_SECURITY_TOKEN: textOf(securityTokens),
  HTTPS_PROXY: `http://${textOf(proxyLogins)}:${encodeURIComponent(textOf(passwords))}@127.0.0.1:9`,
  HCA_LOG_LEVEL: 'trace',
}

const begin = async (env: Record<string, string>): Promise<{ program: Program; url: string }> => {
  const program = start(process.execPath, [launcher, 'serve', '--port', '0'], { ...AMBIENT, ...env })
  return { program, url: await urlOf(program) }
}

async function endsSilent({ ended }: Program): Promise<void> {
  const { stdout, stderr } = await ended
  expect(stderr).not.toBe('')
  expect(search(stdout + stderr)).toEqual([])
}

describe('a process tells no secret', () => {
  test('from its first word to its last', async () => {
    const upstream = await startBefore((_, response) => response.writeHead(500).end('{}'))
    const { program, url } = await begin({ HUAWEICLOUD_ENDPOINT_URL: upstream.url })
    for (const { request } of planted) await askRaw(url, request)
    program.end('SIGTERM')
    await endsSilent(program)
  })

  test('when it crashes with one in its hands', async () => {
    const deed = `throw Object.assign(new Error('${textOf(secretKeys)}'), { headers: { k: '${textOf(secretKeys, 1)}' } })`
    const env = preloaded(`process.on('SIGUSR2', () => setImmediate(() => { ${deed} }))`)
    const { program } = await begin(env)
    const told = mutters(program, /unexpected error/)
    program.end('SIGUSR2')
    await told
    await endsSilent(program)
  })

  test.each([
    ['a proxy that is no URL', { HTTPS_PROXY: textOf(passwords) }],
    ['a proxy of a wrong kind', { HTTPS_PROXY: `ftp://${textOf(proxyLogins)}:${textOf(secretKeys)}@h` }],
    ['an endpoint with a login', { HUAWEICLOUD_ENDPOINT_URL: `http://a:${textOf(secretKeys)}@h` }],
    ['a number', { HCA_ATTEMPTS_READ: textOf(secretKeys) }],
    ['a word', { HCA_LOG_LEVEL: textOf(secretKeys) }],
    ['a list of hosts', { HCA_ALLOWED_HOSTS: `${textOf(secretKeys)}/${textOf(passwords)}` }],
    [
      'a file',
      { HCA_AUDIT_FILE: `/nowhere/${textOf(secretKeys)}/audit`, HCA_RETRY_BUDGET: textOf(secretKeys, 1) },
    ],
  ])('when a setting is wrong: %s', async (_, env) => {
    const { code, stdout, stderr } = await run(['serve', '--port', '0'], { ...AMBIENT, ...env })
    expect(code).not.toBe(0)
    expect(search(stdout + stderr)).toEqual([])
  })

  test('when a flag has one, or a command or a word is one', async () => {
    const wrong = [
      [`--secret-key=${textOf(secretKeys)}`],
      [`--port=${textOf(secretKeys)}`],
      [textOf(secretKeys)],
      ['serve', textOf(secretKeys)],
    ]
    for (const { code, stdout, stderr } of await Promise.all(wrong.map((args) => run(args, AMBIENT)))) {
      expect(code).toBe(2)
      expect(search(stdout + stderr)).toEqual([])
    }
  })
})

test('what is kept of tokens opens nothing', async () => {
  const ring = keyring()
  const { token, bearer } = await ring.mint()
  const mine = searchFor([{ name: 'the token', text: token.slice('hca_0123456789_'.length) }])
  expect(mine(`x ${token}`)).not.toEqual([])
  const { program, url } = await begin(ring.env)
  await ask(`${url}${IMAGES}`, { headers: bearer })
  await ask(`${url}${IMAGES}`, { headers: { authorization: `${bearer.authorization}x` } })
  program.end('SIGTERM')
  const { stdout, stderr } = await program.ended
  const files = readdirSync(join(ring.folder, 'state')).map((name) =>
    readFileSync(join(ring.folder, 'state', name)),
  )
  expect(files.length).toBeGreaterThan(0)
  for (const told of [stdout + stderr, ...files]) expect(mine(told)).toEqual([])
})
