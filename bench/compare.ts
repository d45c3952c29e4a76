/**
 * What a request costs: this gateway beside nginx, which shows what the machine can do, and beside what one would write
 * with Huawei's SDK. All in one run, since only ratios hold on a machine that others use too. `npm run build` first.
 *
 *   --guard   only whether a short request has become dearer than it was when results.json was written
 *   --short   one short round, to see that it works; nothing is written
 */
import { parseArgs } from 'node:util'
import { guard } from './compare-guard.ts'
import { compareAll } from './compare-run.ts'
import { goalsTableOf, setting, tableOf } from './compare-table.ts'
import { endEverything } from './compare-world.ts'
import { keep } from './compare-written.ts'
import { watchOthers } from './trouble-processors.ts'
import { endAll } from './trouble-world.ts'

/** A bench that hangs must not stay. */
const MOST_MS = 8 * 60_000

const { values } = parseArgs({
  options: { guard: { type: 'boolean', default: false }, short: { type: 'boolean', default: false } },
})

async function endOfAll(): Promise<void> {
  await endAll()
  await endEverything()
}
async function stop(): Promise<never> {
  await endOfAll()
  process.exit(1)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
const watchdog = setTimeout(() => {
  console.error('it did not end')
  void stop()
}, MOST_MS)

async function compare(): Promise<void> {
  const others = watchOthers()
  const measured = await compareAll(values.short ? { rounds: 1, seconds: 1 } : { rounds: 5, seconds: 2 })
  await endOfAll()
  const { shown, isDisturbed } = others()
  const results = { ...measured, others: shown }
  console.log(`\n${tableOf(results.rows)}\n\n${goalsTableOf(results.goals)}\n\n${setting(results)}`)
  console.log(`other programs took ${shown}${isDisturbed ? ': these numbers say little' : ''}`)
  if (!values.short) keep(results)
  process.exitCode = results.goals.some(({ kept }) => kept === false) ? 1 : 0
}

try {
  if (values.guard) process.exitCode = (await guard()) ? 0 : 1
  else await compare()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await endOfAll()
  clearTimeout(watchdog)
}
