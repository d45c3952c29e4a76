/**
 * What the gateway does under load, overload and attack, and when Huawei Cloud is away: real processes, a sender that
 * never waits, each number held against its goal. Gateway, upstream and sender share the machine. `npm run build` first.
 *
 *   --only NAME     one scenario; may be given several times
 *   --short         a sixth of the time
 *   --json FILE     the table once more
 *   --profile DIR   processor profiles of the gateway
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { load } from './trouble-load.ts'
import type { Row, Run } from './trouble-measure.ts'
import { attackMemory } from './trouble-memory.ts'
import { overload } from './trouble-overload.ts'
import { watchOthers } from './trouble-processors.ts'
import { shutdown } from './trouble-shutdown.ts'
import { slowSenders } from './trouble-slow-senders.ts'
import { upstreamDown } from './trouble-upstream-down.ts'
import { endAll, profileInto } from './trouble-world.ts'

const scenarios: Record<string, (run: Run) => Promise<Row[]>> = {
  load,
  overload,
  'upstream-down': upstreamDown,
  shutdown,
  'slow-senders': slowSenders,
  'attack-memory': attackMemory,
}
/** Longer than any of them should take: a bench that hangs must not stay. */
const MOST_MS = 6 * 60_000

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(scenarios) },
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
})
profileInto(values.profile)

async function stop(): Promise<never> {
  await endAll()
  process.exit(1)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

const table: Row[] = []
for (const name of values.only) {
  const scenario = scenarios[name]
  if (!scenario) throw new Error(`there is no ${name}; there are ${Object.keys(scenarios).join(', ')}`)
  const others = watchOthers()
  const watchdog = setTimeout(() => {
    console.log(`${name} did not end`)
    void stop()
  }, MOST_MS)
  const rows = await scenario({ short: values.short })
    .catch((error): Row[] => [
      { scenario: name, what: 'ended with', measured: String(error), wanted: '', kept: false },
    ])
    .finally(endAll)
  clearTimeout(watchdog)
  const { shown, isDisturbed } = others()
  const what = isDisturbed ? 'OTHER PROGRAMS TOOK, so that the times say little' : 'other programs took'
  rows.push({ scenario: name, what, measured: shown })
  table.push(...rows)
  print(rows)
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(table, undefined, 2)}\n`)
const missed = table.filter(({ kept }) => kept === false).length
console.log(missed > 0 ? `\n${missed} missed` : '\nall kept')
process.exitCode = missed > 0 ? 1 : 0

function print(rows: readonly Row[]): void {
  let before = ''
  for (const { scenario, what, measured, wanted, kept } of rows) {
    if (scenario !== before) console.log(`\n${scenario}`)
    before = scenario
    const verdict = kept === undefined ? '' : kept ? 'ok' : 'MISSED'
    console.log(`  ${verdict.padEnd(6)} ${what}: ${measured}${wanted ? `   [${wanted}]` : ''}`)
  }
}
