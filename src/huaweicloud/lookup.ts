import type { LookupAddress, LookupOptions } from 'node:dns'
import { BlockList } from 'node:net'
import type { Names, Outside } from '../outside.ts'
import { BoundedMap } from './bounded-map.ts'

const FRESH_MS = 30_000
const STALE_MS = 5 * 60_000
const FAILED_MS = 2_000
const MOST_HOSTS = 1_000

/** Where no host of Huawei's can be: this machine, its metadata service, its link, and nowhere. */
const FORBIDDEN = new BlockList()
for (const [net, bits, family] of [
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['0.0.0.0', 8, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['::', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
] as const)
  FORBIDDEN.addSubnet(net, bits, family)

export const ADDRESS_FORBIDDEN = 'HCA_ADDRESS_FORBIDDEN'

class AddressForbidden extends Error {
  readonly code = ADDRESS_FORBIDDEN
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** As `net.connect` wants it. */
export type Lookup = (host: string, options: LookupOptions, callback: Callback) => void

interface Known {
  addresses: LookupAddress[]
  at: number
}

/**
 * Finds the addresses of hosts, asking for each host once at a time and remembering for half a minute: Node resolves
 * with four threads, which a slow resolver would fill. What was found in the last five minutes counts until there is
 * news, however slow or broken the resolver is. Hosts of the table must not lead to this machine or its metadata service, where a forged name would
 * carry signed requests; private addresses are fine, since Huawei's own resolvers answer with them inside its network.
 */
export function buildLookup(outside: Outside & Names, isPublic: (host: string) => boolean): Lookup {
  const known = new BoundedMap<Known>(MOST_HOSTS)
  const failed = new BoundedMap<{ error: unknown; at: number }>(MOST_HOSTS)
  const asking = new Map<string, Promise<LookupAddress[]>>()

  const age = (entry: { at: number }) => outside.elapsed() - entry.at

  async function find(host: string): Promise<LookupAddress[]> {
    const found = known.get(host)
    if (found && age(found) < FRESH_MS) return found.addresses
    if (found && age(found) < STALE_MS) {
      ask(host).catch(() => {}) // nobody waits for it
      return found.addresses
    }
    return ask(host)
  }

  async function ask(host: string): Promise<LookupAddress[]> {
    const failure = failed.get(host)
    if (failure && age(failure) < FAILED_MS) throw failure.error
    const underWay = asking.get(host)
    if (underWay) return underWay
    const question = outside.resolve(host)
    asking.set(host, question)
    try {
      const addresses = await question
      failed.delete(host)
      known.set(host, { addresses, at: outside.elapsed() })
      return addresses
    } catch (error) {
      failed.set(host, { error, at: outside.elapsed() })
      throw error
    } finally {
      asking.delete(host)
    }
  }

  return (host, options, callback) => {
    find(host).then(
      (addresses) => {
        const wanted = addresses.filter(({ family }) => !options.family || family === Number(options.family))
        const isForbidden =
          isPublic(host) &&
          wanted.some(({ address, family }) => FORBIDDEN.check(address, family === 6 ? 'ipv6' : 'ipv4'))
        const [first] = wanted
        if (isForbidden) callback(new AddressForbidden('forbidden address'), [])
        else if (options.all || !first) callback(null, wanted)
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, []),
    )
  }
}
