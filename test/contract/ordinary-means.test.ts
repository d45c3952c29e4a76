import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { outside } from '../../src/outside.ts'
import { buildSandbox, type Sandbox } from '../../src/sandbox/app.ts'
import { environmentLines } from '../../src/sandbox-env.ts'
import { type Heard, type Language, missingJudge, startJudge } from './judge.ts'

// Python's absence is told, and under REQUIRE_JUDGES refused, by python-sdks.test.ts.
const languages = (['node', 'python'] as const).filter((each) => missingJudge(each) === undefined)

describe.each(languages)('with what `sandbox env` prints, Huawei’s SDK for %s', (language) => {
  let sandbox: Sandbox
  let url: string
  let env: Record<string, string>

  beforeAll(async () => {
    sandbox = buildSandbox({ outside, pace: { by: 'at-once' } })
    ;({ url } = await sandbox.listen())
    env = Object.fromEntries(
      [...environmentLines(url).matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    )
  })
  afterAll(() => sandbox.close())

  async function listServers(region: string, more: Record<string, string> = {}): Promise<Heard> {
    const judge = startJudge(language, 'ecs/v2', regionAs(language, region, url), { ...env, ...more })
    onTestFinished(() => judge.close())
    return judge.ask('ListServersDetails', {})
  }

  test('finds the project of a region by itself', async () => {
    const heard = await listServers('cn-south-1')
    expect(
      heard.body?.servers.map(({ status }: { status: string }) => status),
      heard.broken,
    ).toEqual(['SHUTOFF', 'SHUTOFF'])
  })

  test('hears that its keys are wrong', async () => {
    const heard = await listServers('cn-south-1', {
      HUAWEICLOUD_SDK_SK: 'wrong',
      HUAWEICLOUD_SDK_PROJECT_ID: '0'.repeat(32),
    })
    expect(heard).toMatchObject({ status: 401, code: 'APIGW.0301' })
  })
})

const regionAs = (language: Language, region: string, url: string) =>
  language === 'node' ? `${region}=${url}` : region
