import { answerOver } from '../answer.ts'
import type { ApiRow } from '../api-row.ts'
import { RESULT } from '../api-rows-instances.ts'
import { type Command, type Given, type Parts, textOf } from '../command.ts'
import { connect } from '../connection.ts'
import { fieldsOf } from '../create-fields.ts'
import { createFlags } from '../create-flags.ts'
import { createNames } from '../create-names.ts'
import { askedFor, begunWith } from '../create-questions.ts'
import { fieldsInFile } from '../fields-file.ts'
import type { House } from '../house.ts'
import { printer } from '../output/print.ts'
import { secondsOf } from '../waiting.ts'

const row: ApiRow = {
  path: ['instances', 'create'],
  operation: 'createInstances',
  summary: (text) => text.commands.create,
  columns: RESULT,
  isWrite: true,
  hasJob: true,
}

export const create: Command = {
  path: row.path,
  summary: row.summary,
  parts: async (): Promise<Parts> => ({ flags: createFlags, run }),
}

/** Of a file, of flags, which win, and of questions where somebody is there to answer what is still missing. */
async function run(given: Given, house: House): Promise<number> {
  const file = textOf(given, 'from')
  const seconds = secondsOf(given, house.text)
  const print = await printer(given, house)
  const fields = {
    ...(file === undefined ? {} : await fieldsInFile(file, createNames, house)),
    ...fieldsOf(given, house),
  }
  const idempotencyKey = textOf(given, 'idempotency-key') ?? house.newKey()
  const begun = await begunWith(fields, given, house)
  const connection = await connect(given, house)
  try {
    const params = await askedFor(begun, given, connection, house)
    return await answerOver(connection, { row, params, seconds, print, given, house, idempotencyKey })
  } finally {
    await connection.close()
  }
}
