import { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { type Outside, outside } from '../../src/outside.ts'
import { type House, serve } from '../../src/serve.ts'
import { type Environment, readSettings } from '../../src/settings.ts'

export interface TestHouse extends House {
  readonly url: string
  /** Everything logged so far, a parsed line each. */
  readonly log: Record<string, unknown>[]
}

/** The whole server in this process, on a port of its own, ended with the test. */
export async function startHouse(env: Environment = {}, changed: Partial<Outside> = {}): Promise<TestHouse> {
  const log: Record<string, unknown>[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      log.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const settings = readSettings({ port: '0' }, env)
  const house = await serve(settings, { ...outside, ...changed }, sink)
  onTestFinished(() => house.close())
  return { ...house, url: house.urls[0] ?? '', log }
}

export const KEYS = {
  accessKey: 'AKTESTTESTTESTTEST01',
  secretKey: 'SKtestSKtestSKtestSKtestSKtestSKtest0001',
}

export const keyHeaders = { 'x-access-key': KEYS.accessKey, 'x-secret-key': KEYS.secretKey }

export interface Got {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  json: any
}

/** Asks and reads everything. */
export async function ask(url: string, init: RequestInit = {}): Promise<Got> {
  const response = await fetch(url, init)
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text ? JSON.parse(text) : undefined,
  }
}

export const send = (
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Got> =>
  ask(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
