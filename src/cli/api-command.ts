import { answer } from './answer.ts'
import { paramsOf } from './api-params.ts'
import type { ApiRow } from './api-row.ts'
import type { Command, Given } from './command.ts'
import { confirm } from './confirm.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { printer } from './output/print.ts'
import { flagsOf } from './shared-flags.ts'
import { secondsOf } from './waiting.ts'

/** The command of a row. */
export const apiCommand = (row: ApiRow): Command => ({
  path: row.path,
  ...(row.isUsual ? { isUsual: true } : {}),
  summary: row.summary,
  parts: async () => ({
    ...(row.word ? { words: row.word.usage } : {}),
    flags: flagsOf(row),
    run: (given, house) => runRow(row, given, house),
  }),
})

async function runRow(row: ApiRow, given: Given, house: House): Promise<number> {
  const { text } = house
  const params = paramsOf(row, given, house)
  const seconds = secondsOf(given, text)
  const print = await printer(given, house)
  if (given.flags['dry-run']) {
    await print({ dryRun: true, operation: row.operation, params }, undefined, [])
    return CODES.done
  }
  const { words } = given
  if (row.question) await confirm(row.question(text, words.length), words, row.path.join(' '), given, house)
  return answer({ row, params, seconds, print, given, house })
}
