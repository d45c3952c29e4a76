import { isIPv6 } from 'node:net'

/**
 * Whom an address stands for. An IPv6 network gives each customer at least a /64, so that one of them has more addresses
 * than could ever be counted. What `X-Forwarded-For` says is anybody's word and counts for nothing.
 */
export function holderOf(address: string | undefined): string {
  if (address === undefined || !isIPv6(address)) return address ?? ''
  const [, mapped] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? []
  if (mapped) return mapped
  const [before = '', after] = address.replace(/%.*$/, '').split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length
  const groups = [...head, ...Array<string>(Math.max(0, zeros)).fill('0'), ...tail]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
