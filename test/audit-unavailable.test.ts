import { appendFileSync, statSync, truncateSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { auditLines, auditPlace, expectWhole, PARAMS, stop } from './helpers/audit.ts'
import { ask, asked, keyHeaders, ourErrorOf, send, startBefore, startBoth } from './helpers/house.ts'
import { numberAt } from './helpers/scrape.ts'

const PATIENT = { timeout: 10_000 }

describe('while the file cannot be written', () => {
  test('writes are refused before anything is sent, reads go on, and it ends by itself', async () => {
    const file = auditPlace()
    const house = await startBoth({ HCA_AUDIT_FILE: file })
    const { url, double, log } = house
    const start = (servers: string[]) =>
      send('PUT', `${url}/api/instances/start`, { ...PARAMS, servers }, keyHeaders)
    expect((await start(['ins-r8hr2upy'])).status).toBe(200)
    await auditLines(file, 2)
    const { size } = statSync(file)
    appendFileSync(file, 'somebody else\n')
    const before = asked(double).length

    const refused = await start(['ins-r8hr2upy'])
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(ourErrorOf(refused)).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'AUDIT_UNAVAILABLE',
      retryDelay: '5s',
    })
    const raw = `${url}/api/raw/ecs/v1/{project_id}/x?${new URLSearchParams(PARAMS)}`
    expect(ourErrorOf(await send('POST', raw, {}, keyHeaders)).reason).toBe('AUDIT_UNAVAILABLE')
    expect(asked(double)).toHaveLength(before)
    const read = await ask(`${url}/api/images?${new URLSearchParams(PARAMS)}`, { headers: keyHeaders })
    expect(read.status, read.text).toBe(200)
    expect((await ask(`${url}/readyz`)).status).toBe(200)
    expect(await numberAt(url, 'hca_audit_failures_total')).toBe(2)
    const said = () => log.filter(({ msg }) => String(msg).includes('audit file'))
    expect(said()).toMatchObject([{ level: 50, why: 'changed by somebody else' }])

    truncateSync(file, size)
    expect((await start(['ins-r8hr2upy'])).status).toBe(200)
    await expect.poll(() => numberAt(url, 'hca_audit_lines_total'), PATIENT).toBe(4)
    expect(said()).toHaveLength(2)
    expect(await numberAt(url, 'hca_audit_outcomes_owed')).toBe(0)
    await expectWhole(file)
  })

  test('an outcome that found no place is written when there is one again', async () => {
    const file = auditPlace()
    let size = 0
    const { url } = await startBefore(
      (_, response) => {
        ;({ size } = statSync(file)) // the intent is there
        appendFileSync(file, 'somebody else\n')
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end('{"job_id":"job-1"}')
      },
      { HCA_AUDIT_FILE: file },
    )
    expect((await stop(url)).status).toBe(200) // it was carried out, and its caller hears so
    await expect.poll(() => numberAt(url, 'hca_audit_outcomes_owed'), PATIENT).toBe(1)
    truncateSync(file, size)
    expect(await auditLines(file, 2)).toMatchObject([{ kind: 'intent' }, { kind: 'outcome', intent: 1 }])
    await expectWhole(file)
  })
})
