import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SANDBOX_KEYS } from '../../src/sandbox/keys.ts'
import { start } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/tokens.ts'
import { missingSchemathesis, SCHEMATHESIS, SEED, secondsFor, tell, timeoutFor } from './fuzz-box.ts'
import { startTargetBeside } from './fuzz-target.ts'

const here = join(import.meta.dirname, 'schemathesis')

describe('requests that schemathesis makes of /openapi.json', () => {
  test('are answered as the document says', { timeout: timeoutFor('schemathesis') }, async ({ skip }) => {
    if (missingSchemathesis) {
      expect(process.env.REQUIRE_JUDGES, missingSchemathesis).toBeUndefined()
      process.stderr.write(`\nSKIPPED: the fuzz run by schemathesis: ${missingSchemathesis}\n\n`)
      skip(missingSchemathesis)
    }
    const { url, isWell } = await startTargetBeside()
    const { code, stdout, stderr } = await start(
      SCHEMATHESIS,
      [
        ...['--config-file', join(here, 'fuzz.toml'), 'run', `${url}/openapi.json`, '--no-color'],
        ...['--seed', String(SEED), '--max-time', String(secondsFor('schemathesis'))],
        // Names as the document writes them: to ask without keys, schemathesis looks for just these.
        ...['-H', `X-Access-Key: ${SANDBOX_KEYS.accessKey}`, '-H', `X-Secret-Key: ${SANDBOX_KEYS.secretKey}`],
      ],
      { PYTHONPATH: here, SCHEMATHESIS_HOOKS: 'fuzz_hooks', PYTHONDONTWRITEBYTECODE: '1' },
      temporaryFolder(),
    ).ended
    expect(code, `${stdout.slice(-20_000)}${stderr}`).toBe(0)
    const sent = Number(/(\d+) generated/.exec(stdout)?.[1])
    tell('schemathesis', sent)
    expect(sent).toBeGreaterThan(50)
    await isWell()
  })
})
