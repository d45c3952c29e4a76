import type { Client } from '../../packages/client/src/index.ts'
import { isSeveral, type Params } from './api-params.ts'
import type { ApiRow, CallName, Column } from './api-row.ts'
import type { Given } from './command.ts'
import { type Connection, connect } from './connection.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { interruptedCall } from './interrupted-call.ts'
import { type Result, resultsOf } from './job-results.ts'
import { formOf, type Print } from './output/print.ts'
import { safeText } from './output/safe-text.ts'
import { inside } from './output/table.ts'
import { written } from './output/written.ts'
import { problemOf } from './problems.ts'
import { codeOfRegions } from './region-failures.ts'
import { Stop } from './stop.ts'
import { streamItems } from './stream-items.ts'
import { waitFor } from './waiting.ts'

export interface Asking {
  readonly row: ApiRow
  readonly params: Params
  /** How long the job is waited for; undefined: not at all. */
  readonly seconds: number | undefined
  readonly print: Print
  readonly given: Given
  readonly house: House
  readonly idempotencyKey?: string
}

/** Asks what a row's command asks, writes what comes, and tells the exit code. Fails with {@link Stop}. */
export async function answer(asking: Asking): Promise<number> {
  const connection = await connect(asking.given, asking.house, !asking.row.needsNoKeys)
  return answerOver(connection, asking).finally(connection.close)
}

export async function answerOver(connection: Connection, asking: Asking): Promise<number> {
  const { row, house, idempotencyKey } = asking
  const signal = house.terminal.interrupted()
  try {
    return await asked(withProject(asking, connection), connection.client, signal)
  } catch (thrown) {
    if (signal.aborted && !(thrown instanceof Stop))
      throw interruptedCall(row.isWrite === true, house.text, idempotencyKey)
    throw problemOf(thrown, row.path.join(' '), row.isWrite === true, house.text)
  }
}

/** That of the profile is one of one region. */
const withProject = (asking: Asking, { projectId }: Connection): Asking =>
  projectId === undefined || asking.row.isGlobal || isSeveral(asking.params.regionId)
    ? asking
    : { ...asking, params: { projectId, ...asking.params } }

async function asked(asking: Asking, client: Client, signal: AbortSignal): Promise<number> {
  const { row, params, seconds, given, house, idempotencyKey } = asking
  if (
    row.isList &&
    params.all === true &&
    formOf(given, house) === 'ndjson' &&
    given.flags.query === undefined
  )
    return streamItems(client, row.operation, params, signal, house)
  const value = await callOf(client, row.operation)(params, {
    signal,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  })
  const jobId = inside(value, 'job_id')
  if (!row.hasJob || seconds === undefined || typeof jobId !== 'string') {
    await show(asking, value, row.holds, row.hasJob ? [] : columnsOf(row, params))
    return codeOfRegions(value, house)
  }
  const { regionId, projectId } = params
  const where = {
    regionId: String(regionId),
    ...(projectId === undefined ? {} : { projectId: String(projectId) }),
  }
  const job = await waitFor(client, { jobId, ...where }, seconds, house)
  const results = resultsOf(job, given.words)
  await show(asking, { ...Object(value), job, results }, 'results', row.columns)
  return codeOfResults(results, house)
}

/** Items of several regions say which is theirs. */
const columnsOf = ({ isList, columns }: ApiRow, { regionId }: Params): readonly Column[] =>
  isList && isSeveral(regionId) ? [['REGION', 'regionId'], ...columns] : columns

/** What was carried out is told, though the query can make nothing of it. */
async function show(
  { row, print, given, house }: Asking,
  ...[value, holds, columns]: Parameters<Print>
): Promise<void> {
  try {
    await print(value, holds, columns)
  } catch (thrown) {
    if (!(thrown instanceof Stop) || row.isWrite !== true) throw thrown
    for (const line of thrown.lines) house.terminal.err(`${line}\n`)
    await house.terminal.out(await written(formOf(given, house), { value, holds, columns }))
  }
}

/** A call as rows make it, whose names are texts: what is asked is checked by the gateway. */
type Call = (params: Params, options: { signal: AbortSignal; idempotencyKey?: string }) => Promise<unknown>

export const callOf = (client: Client, name: CallName) => client[name] as unknown as Call

export function codeOfResults(results: readonly Result[], { terminal, text }: House): number {
  const failed = results.filter(({ ok }) => !ok)
  if (failed.length === 0) return CODES.done
  const isAll = failed.length === results.length
  terminal.err(`${isAll ? text.job.failed : text.job.partly(failed.length, results.length)}\n`)
  for (const { id, code, message } of failed)
    terminal.err(`${safeText([id, code, message].filter(Boolean).join(' '))}\n`)
  return isAll ? CODES.refused : CODES.partly
}
