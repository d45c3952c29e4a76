import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { verifyAudit } from '../../src/audit/verify.ts'
import { type Got, keyHeaders, send } from './house.ts'

export interface AuditLine {
  seq: number
  kind: 'intent' | 'outcome' | 'recovered'
  // biome-ignore lint/suspicious/noExplicitAny: tests look into lines of many shapes
  [field: string]: any
}

/** Where an audit file can be, in a folder that goes with the test. */
export function auditPlace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hca-audit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'audit.jsonl')
}

export const linesIn = (file: string): AuditLine[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

/** The lines once there are so many: an outcome is written when its answer is out already. */
export async function auditLines(file: string, count: number): Promise<AuditLine[]> {
  await expect
    .poll(() => linesIn(file).length, { interval: 5, timeout: 10_000 })
    .toBeGreaterThanOrEqual(count)
  return linesIn(file)
}

/** Holds a whole file against its chain. */
export async function expectWhole(file: string) {
  const found = await verifyAudit(file)
  if ('why' in found) throw new Error(`line ${found.line} ${found.why}`)
  return found
}

/** Beside the fields of a call. */
export const PARAMS = { regionId: 'cn-south-1', projectId: 'p-1' }

/** A write. */
export const stop = (url: string, servers: unknown = ['ins-1', 'ins-2'], headers = keyHeaders) =>
  send('PUT', `${url}/api/instances/stop`, { ...PARAMS, servers }, headers)
export const idOf = ({ headers }: Got) => headers.get('x-request-id')

export const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'up-1', ...headers })
    response.end(body)
  }
