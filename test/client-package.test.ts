import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { closesBrowser, inBrowser, PATIENCE, theBrowser } from './console/kit/chromium.ts'
import { PROGRAMS, TYPED, USE, USED } from './helpers/client-consumer.ts'
import { startHouse } from './helpers/house.ts'
import { nodeOf, type PackedClient, packedClient } from './helpers/packed-client.ts'
import { root, start } from './helpers/program.ts'

let packed: PackedClient
const installed = () => join(packed.folder, 'node_modules/huawei-cloud-api-client')

beforeAll(async () => {
  packed = await packedClient()
}, 60_000)
afterAll(() => packed.remove())

const startSandbox = (env: Record<string, string> = {}) => startHouse({ HCA_SANDBOX_PACE: 'poll:2', ...env })

describe('the tarball', () => {
  test('holds what was built, its licence and its README, and brings nothing along', () => {
    const files = globSync('**/*.*', { cwd: installed() }).filter((file) => !/\.(?:js|d\.ts)$/.test(file))
    expect(files.sort()).toEqual(
      ['README.md', 'package.json', 'dist/cjs/package.json', 'dist/esm/package.json'].sort(),
    )
    expect(readFileSync(join(installed(), 'LICENSE'), 'utf8')).toContain('Apache License')
    expect(globSync('*', { cwd: join(packed.folder, 'node_modules') })).toEqual(['huawei-cloud-api-client'])
  })

  test.each(['esm', 'cjs'])('has less than 15 kB of code as %s, before anybody makes it smaller', (form) => {
    const sources = globSync('*.js', { cwd: join(installed(), 'dist', form) })
    const code = sources.map((file) => readFileSync(join(installed(), 'dist', form, file), 'utf8'))
    expect(gzipSync(code.join('')).length).toBeLessThan(15_000)
  })

  test('has nothing that publint would mend', async () => {
    const { messages } = await publint({ pkgDir: installed(), strict: true, pack: false })
    expect(messages).toEqual([])
  })

  test('has types that are right for each way of importing it', async () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    const { code, stdout } = await start(process.execPath, [attw, packed.tarball, '--format', 'ascii']).ended
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('No problems found') })
  })

  test('has types that a strict program can use in either form', async () => {
    const options = {
      strict: true,
      noEmit: true,
      module: 'nodenext',
      target: 'es2023',
      types: [],
      lib: ['es2023', 'dom', 'dom.asynciterable'],
    }
    const files = ['typed.mts', 'typed.cts']
    for (const file of files) writeFileSync(join(packed.folder, file), TYPED)
    writeFileSync(join(packed.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files }))
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const { code, stdout } = await start(process.execPath, [tsc, '-p', packed.folder]).ended
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  })
})

describe.each([20, 22, 24])('in Node %i', (major) => {
  let node: string | undefined

  beforeAll(async () => {
    node = await nodeOf(major, dirname(packed.tarball))
    if (!node) process.stderr.write(`SKIPPED: there is no Node ${major}, and none could be fetched\n`)
  }, 120_000)

  test.for(Object.entries(PROGRAMS))('%s works', async ([file, program], { skip }) => {
    skip(!node && process.env.REQUIRE_JUDGES !== '1', `there is no Node ${major}`)
    const { url } = await startSandbox()
    writeFileSync(join(packed.folder, file), program(url))
    const { code, stdout, stderr } = await start(node ?? `node ${major}`, [file], {}, packed.folder).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(USED)
  })
})

describe('in Chromium', () => {
  closesBrowser()

  /** The installed files and a page, of another site than the gateway's. */
  async function startSite() {
    const own: Record<string, [type: string, text: string]> = {
      '/': ['text/html', '<!doctype html>'],
      '/favicon.ico': ['image/png', ''],
      '/worker.js': [
        'text/javascript',
        `import * as client from './index.js'
        onmessage = ({ data }) => (${USE})(client, data).then(postMessage, (error) => postMessage(String(error)))`,
      ],
    }
    const site = createServer(({ url = '/' }, response) => {
      const [type, text] = own[url] ?? [
        'text/javascript',
        readFileSync(join(installed(), 'dist/esm', join('/', url)), 'utf8'),
      ]
      response.setHeader('content-type', type)
      response.end(text)
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    onTestFinished(async () => {
      site.closeAllConnections()
      await new Promise((resolve) => site.close(resolve))
    })
    return `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  }

  async function used(script: (url: string) => string) {
    const origin = await startSite()
    const { url } = await startSandbox({ HCA_ALLOWED_ORIGINS: origin })
    const context = await (await theBrowser()).newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(`${origin}/`)
    return page.evaluate(script(url))
  }

  inBrowser('a page works', PATIENCE, async () => {
    expect(await used((url) => `import('/index.js').then((client) => (${USE})(client, '${url}'))`)).toEqual(
      USED,
    )
  })

  inBrowser('a worker works', PATIENCE, async () => {
    const script = (url: string) => `new Promise((resolve) => {
      const worker = new Worker('/worker.js', { type: 'module' })
      worker.onmessage = ({ data }) => resolve(data)
      worker.postMessage('${url}')
    })`
    expect(await used(script)).toEqual(USED)
  })
})
