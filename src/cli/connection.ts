import { type Client, createClient } from '../../packages/client/src/index.ts'
import { type Given, textOf } from './command.ts'
import { CODES } from './exit-codes.ts'
import type { House, Keys } from './house.ts'
import { keysOf } from './keys.ts'
import { Stop } from './stop.ts'

/** A client of the API, and the keys it asks with. */
export interface Connection {
  readonly client: Client
  readonly projectId: string | undefined
  close(): Promise<void>
}

/** To the gateway that was named, or to one beside the command. Fails with {@link Stop}. */
export async function connect(given: Given, house: House, needsKeys = true): Promise<Connection> {
  const { text, usual } = house
  if (house.trustsAnybody) throw new Stop(CODES.broken, text.keys.unverified)
  const named = textOf(given, 'gateway') ?? usual.gateway
  const seconds = Number(textOf(given, 'timeout') ?? 60)
  if (!(seconds >= 1 && seconds <= 3_600)) throw new Stop(CODES.usage, text.given.badTimeout)
  const shared = {
    timeoutMs: seconds * 1_000,
    language: house.language === 'zh' ? 'zh-cn' : 'en-us',
  } as const
  if (named !== undefined) {
    const baseUrl = safeUrl(named, house)
    if (usual.token !== undefined && textOf(given, 'profile') === undefined)
      return { client: createClient({ ...shared, baseUrl, token: usual.token }), projectId: undefined, close }
    const keys = needsKeys ? await keysOf(given, house) : undefined
    return {
      client: createClient({ ...shared, baseUrl, ...pairOf(keys) }),
      projectId: keys?.projectId,
      close,
    }
  }
  const keys = needsKeys ? await keysOf(given, house) : undefined
  const isSandbox = keys?.accessKey.startsWith('SANDBOX') === true
  const gateway = await house.startGateway(isSandbox)
  if (isSandbox && !house.keepsSandbox) house.terminal.err(`${text.keys.sandboxForgets}\n`)
  return {
    client: createClient({ ...shared, baseUrl: gateway.url, ...pairOf(keys) }),
    projectId: keys?.projectId,
    close: gateway.close,
  }
}

const close = async () => {}

const pairOf = (keys: Keys | undefined) =>
  keys
    ? {
        accessKey: keys.accessKey,
        secretKey: keys.secretKey,
        ...(keys.securityToken ? { securityToken: keys.securityToken } : {}),
      }
    : {}

/** Keys and tokens go over TLS, or do not leave the machine. */
function safeUrl(named: string, { text, isInsecure }: House): string {
  if (!URL.canParse(named)) throw new Stop(CODES.usage, text.keys.badGateway)
  const { protocol, hostname, username, password, search, hash } = new URL(named)
  if (!/^https?:$/.test(protocol) || username + password + search + hash !== '')
    throw new Stop(CODES.usage, text.keys.badGateway)
  const isNear = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
  if (protocol === 'http:' && !isNear && !isInsecure)
    throw new Stop(CODES.usage, text.keys.plainGateway, text.keys.plainGatewayNext)
  return named
}
