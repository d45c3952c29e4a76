import { Agent, type Dispatcher, request } from 'undici'
import type { Outside } from '../outside.ts'
import { checked, type Found, type KeySource, type Keys } from './keys.ts'

/** New keys are there long before the old ones end; what is signed with the last of the old must still arrive. */
const RENEW_BEFORE_MS = 5 * 60_000
/** Between two tries at new keys while the old ones still hold. */
const PAUSE_MS = 10_000
const PATIENCE_MS = 3_000
const LONGEST = 64 * 1024
/** Only two requests are made with it. */
const TOKEN_SECONDS = '60'

interface Held {
  keys: Keys
  expires: number
}

/**
 * Keys of the agency of the ECS that this runs on. They rotate: kept until shortly before they end, asked for
 * once for all who wait, and the old ones go on while they hold if no new ones come.
 */
export function metadataKeys(base: string, outside: Outside): KeySource {
  let held: Held | undefined
  let underWay: Promise<Found> | undefined
  let quietUntil = Number.NEGATIVE_INFINITY

  const leftMs = () => (held ? held.expires - outside.now() : 0)
  const old = () => (held && leftMs() > 0 ? { keys: held.keys } : undefined)

  async function renew(): Promise<Found> {
    const got = await within(outside, (signal) => fetchKeys(base, signal))
    if (typeof got !== 'string' && got.expires > outside.now()) {
      held = got
      return { keys: got.keys }
    }
    quietUntil = outside.elapsed() + PAUSE_MS
    return old() ?? { missing: `${base}: ${typeof got === 'string' ? got : 'its keys have expired'}` }
  }

  return () => {
    const kept = old()
    if (kept && (leftMs() >= RENEW_BEFORE_MS || outside.elapsed() < quietUntil)) return kept
    underWay ??= renew().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

/** The metadata service is next door: nothing of the way out, proxies included, is between. */
async function fetchKeys(base: string, signal: AbortSignal): Promise<Held | string> {
  const dispatcher = new Agent({ allowH2: false })
  try {
    const token = await metadataToken(base, { dispatcher, signal })
    if (typeof token !== 'object') return token
    const { status, text } = await asked(`${base}/openstack/latest/securitykey`, {
      dispatcher,
      signal,
      headers: token,
    })
    return status === 200 ? readHeld(text, base) : `it answered ${status} (is there an agency?)`
  } finally {
    await dispatcher.destroy()
  }
}

/** An older metadata service knows no tokens and wants none. */
async function metadataToken(base: string, options: Options): Promise<Record<string, string> | string> {
  const { status, text } = await asked(`${base}/meta-data/latest/api/token`, {
    ...options,
    method: 'PUT',
    headers: { 'x-metadata-token-ttl-seconds': TOKEN_SECONDS },
  })
  if (status === 404 || status === 405) return {}
  const token = text.trim()
  if (status === 200 && /^[\x21-\x7e]{1,8192}$/.test(token)) return { 'x-metadata-token': token }
  return `it gave no token (${status})`
}

type Options = { dispatcher: Dispatcher; signal: AbortSignal }
type Asked = Options & { method?: 'PUT'; headers: Record<string, string> }

async function asked(url: string, options: Asked): Promise<{ status: number; text: string }> {
  const { statusCode: status, body } = await request(url, options)
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > LONGEST) throw new TypeError('too long')
  }
  return { status, text: Buffer.concat(chunks).toString() }
}

function readHeld(text: string, base: string): Held | string {
  let credential: unknown
  try {
    credential = Reflect.get(Object(JSON.parse(text)), 'credential')
  } catch {
    return 'what it answered is no JSON'
  }
  const part = (name: string): string | undefined => {
    const value: unknown = Reflect.get(Object(credential), name)
    return typeof value === 'string' ? value : undefined
  }
  const found = checked(
    { accessKey: part('access'), secretKey: part('secret'), securityToken: part('securitytoken') },
    base,
    ['access', 'secret'],
  )
  if ('missing' in found) return 'what it answered holds no keys'
  const expires = Date.parse(part('expires_at') ?? '')
  return Number.isNaN(expires) ? 'its keys do not say when they end' : { keys: found.keys, expires }
}

/** The work's own result, or why there is none. */
async function within<Done>(
  outside: Outside,
  work: (signal: AbortSignal) => Promise<Done>,
): Promise<Done | string> {
  const late = new AbortController()
  const done = new AbortController()
  outside.sleep(PATIENCE_MS, done.signal).then(
    () => late.abort(),
    () => {},
  )
  try {
    return await work(late.signal)
  } catch (error) {
    return late.signal.aborted ? 'it did not answer in time' : `it cannot be asked (${nameOf(error)})`
  } finally {
    done.abort()
  }
}

const nameOf = (error: unknown) => Reflect.get(Object(error), 'code') ?? Reflect.get(Object(error), 'name')
