import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { operations } from '../packages/client/src/schema.ts'
import { apiRows } from '../src/cli/api-rows.ts'
import type { Command } from '../src/cli/command.ts'
import { ownCommands } from '../src/cli/commands.ts'
import { createNames } from '../src/cli/create-names.ts'
import { flagsOf } from '../src/cli/shared-flags.ts'
import { commandOf } from '../src/console/api/command-line.ts'
import { commandRows } from '../src/console/api/command-rows.ts'
import { typed } from './helpers/command-line.ts'
import { sandboxKeys } from './helpers/examples.ts'
import { ask, startHouse } from './helpers/house.ts'

const ORIGIN = 'http://127.0.0.1:8002'

/** What one types to come to a command. */
const wordsOf = ({ path, isUsual }: Pick<Command, 'path' | 'isUsual'>) =>
  (isUsual ? path.slice(0, -1) : path).join(' ')

/** The words of a line, as bash reads them; a file on it is told by what it holds. */
function wordsIn(line: string): string[] {
  const script = `${line.replace(/^huawei-cloud-api/, "printf '%s\\0'").replace('--from <(cat', '--from "$(cat')}`
  const closed = script.replace('\nEND\n)', '\nEND\n)"')
  return execFileSync('bash', ['-c', closed], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

const callOf = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => ({
  method,
  path,
  headers,
  ...(body === undefined ? {} : { body }),
})

describe('the commands that the console shows', () => {
  test.each(commandRows.map((row) => [row.words, row] as const))(
    '%s is one of the command line',
    (words, row) => {
      expect([...apiRows, ...ownCommands].map(wordsOf)).toContain(words)
      const place = Object.values(operations).map(({ method, path }) => `${method} ${path}`)
      expect(place).toContain(row.call)
      const cli = apiRows.find((one) => wordsOf(one) === words)
      if (!cli) return
      expect(`${operations[cli.operation].method} ${operations[cli.operation].path}`).toBe(row.call)
      expect(row.isList).toBe(cli.isList && !cli.isGlobal ? true : undefined)
      const flags = flagsOf(cli).map(({ name }) => name)
      for (const flag of Object.values(row.flags ?? {}))
        expect(flags).toContain(typeof flag === 'string' ? flag : flag.flag)
    },
  )

  test.each([
    ['GET', '/api/regions?regionType=ims'],
    ['GET', '/api/vpcs?regionId=*&all=true&sort=-id'],
    ['GET', '/api/images?regionId=cn-east-2&__os_type=Linux&limit=2&fields=id,name'],
    ['GET', '/api/instances/ins-r8hr2upy?regionId=cn-east-2'],
    ['GET', '/api/quotas?regionId=cn-east-2&service=vpc'],
    ['PUT', '/api/instances/start', { regionId: 'cn-east-2', servers: [{ id: 'nobody' }] }],
    [
      'PUT',
      '/api/instances/stop',
      { regionId: 'cn-east-2', servers: [{ id: 'ins-r8hr2upy' }], type: 'HARD' },
    ],
    ['DELETE', '/api/vpcs/nope?regionId=cn-east-2'],
  ])('%s %s is answered the same', async (method, path, body?: unknown) => {
    const [one, other] = [await startHouse(), await startHouse()]
    const line = commandOf(callOf(method, path, body), one.url) ?? ''
    const { stdout, stderr } = await typed(one.url, wordsIn(line), { answers: ['y'] })
    const { json } = await ask(`${other.url}${path}`, {
      method,
      headers: { ...sandboxKeys, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const plain = (value: unknown) => JSON.stringify(value).replaceAll(/"job_id":"[^"]+"/g, '"job_id"')
    if (json.data) expect(plain(JSON.parse(stdout))).toBe(plain(json.data.value))
    else expect(stderr).toContain(json.error.message)
  })

  test('a create is a file that the command line reads, and its password is asked for', () => {
    const body = {
      regionId: 'cn-east-2',
      name: "it's",
      nics: [{ subnetId: 's' }],
      adminPassword: '<adminPassword>',
    }
    const line = commandOf(callOf('POST', '/api/instances', body, { 'Idempotency-Key': 'k' }), ORIGIN) ?? ''
    const [from, content = '', ...more] = wordsIn(line).slice(2)
    expect(from).toBe('--from')
    expect(JSON.parse(content)).toEqual({ regionId: 'cn-east-2', name: "it's", nics: [{ subnetId: 's' }] })
    expect(Object.keys(JSON.parse(content)).filter((name) => !createNames.includes(name))).toEqual([])
    expect(more).toEqual(['--ask-password', '--idempotency-key', 'k', '--gateway', ORIGIN])
  })

  test.each([
    [
      callOf('GET', '/api/raw/evs/v2/{project_id}/types?regionId=cn-east-2&limit=1'),
      "huawei-cloud-api raw GET evs '/v2/{project_id}/types' --region cn-east-2 --parameter limit=1",
    ],
    [
      callOf('GET', '/api/instances?regionId=*&all=true', undefined, { Accept: 'application/x-ndjson' }),
      'huawei-cloud-api instances --region all --all -o ndjson',
    ],
    [
      callOf('PUT', '/api/instances/reboot', { regionId: 'r', servers: [{ id: 'a b' }], type: 'SOFT' }),
      "huawei-cloud-api instances reboot 'a b' --region r",
    ],
    [
      callOf('POST', '/api/raw/ecs/v1/x?regionId=r&limit=1', { a: 1 }),
      `huawei-cloud-api raw POST ecs /v1/x --region r --parameter limit=1 --data '{"a":1}'`,
    ],
    [callOf('GET', '/api/jobs/j/events?regionId=r'), 'huawei-cloud-api jobs wait j --region r'],
  ])('%o', (call, line) => {
    expect(commandOf(call, ORIGIN)).toBe(`${line} --gateway ${ORIGIN}`)
  })

  test.each([
    callOf('GET', '/_sandbox/world'),
    callOf('POST', '/api/instances/a/tags', { regionId: 'r', tags: [] }),
    callOf('GET', '/api/jobs/j?regionId=r&wait=20'),
    callOf('POST', '/api/approvals', { id: 'a', decision: 'approve' }),
  ])('there is none for what no command does: %o', (call) => {
    expect(commandOf(call, ORIGIN)).toBeUndefined()
  })
})
