import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { routes } from '../src/gateway/routes/index.ts'
import { prepared, requestOf, sandboxKeys, sendRequest } from './helpers/examples.ts'
import { startHouse } from './helpers/house.ts'
import { root, start } from './helpers/program.ts'

const folder = mkdtempSync(join(tmpdir(), 'hca-client-types-'))
afterAll(() => rmSync(folder, { recursive: true }))

const HEAD = `import type { AnswerOf } from '${relative(folder, join(root, 'packages/client/src/index.ts'))}'
const is = <T>() => <A extends T>(_answer: A): void => undefined
`

/** What the compiler says of a program, by its options for the client. */
async function compiled(name: string, program: string): Promise<string> {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, HEAD + program)
  const config = join(folder, `${name}.json`)
  const settings = { extends: join(root, 'packages/client/tsconfig.json'), include: [file], exclude: [] }
  writeFileSync(config, JSON.stringify(settings))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  return (await start(process.execPath, [tsc, '--noEmit', '-p', config]).ended).stdout
}

describe('the client’s types', () => {
  test('fit the answers to all examples, in whichever way they may be asked', {
    timeout: 60_000,
  }, async () => {
    const told: string[] = []
    for (const route of routes) {
      if (route.produces) continue
      const ways: { fields?: Record<string, unknown>; headers?: Record<string, string> }[] = [
        {},
        ...(route.job ? [{ headers: { prefer: 'wait=30' } }] : []),
        ...(route.list ? [{ fields: { all: true } }] : []),
      ]
      for (const { fields = {}, headers = {} } of ways) {
        const { url, close } = await startHouse({ HCA_SANDBOX_PACE: 'at-once' })
        const { example } = await prepared(url, route, sandboxKeys)
        const asked = requestOf(route, { ...example, fields: { ...example.fields, ...fields } })
        const { status, text, json } = await sendRequest(url, asked, { ...sandboxKeys, ...headers })
        expect(status, text).toBe(200)
        told.push(`is<AnswerOf<'${route.name}'>>()(${JSON.stringify(json.data.value)})`)
        await close()
      }
    }
    expect(told.length).toBeGreaterThan(60)
    expect(await compiled('right', told.join('\n'))).toBe('')
  })

  test('do not fit what is no answer', async () => {
    const wrong = [
      `is<AnswerOf<'listRegions'>>()({ regions: [{ Id: 'x' }] })`,
      `is<AnswerOf<'listInstances'>>()({ servers: [{ id: 1 }] })`,
      `is<AnswerOf<'startInstances'>>()({ job_id: 'x', results: [{ id: 'x', ok: 'yes' }] })`,
    ]
    const said = await compiled('wrong', wrong.join('\n'))
    expect(said.match(/error TS\d+/g)).toHaveLength(wrong.length)
  })
})
