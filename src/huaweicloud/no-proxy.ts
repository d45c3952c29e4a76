/**
 * Which origins `NO_PROXY` sends past the proxy, by the rules of undici's own agent, which does not tell: names divided
 * by commas or blanks, each with all below it, or with `*.` only those; `*` is all; a port behind one means that port.
 */
export function passesProxy(noProxy: string): (origin: string) => boolean {
  const entries = noProxy
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(entryOf)
  return (origin) => {
    const { hostname, port, protocol } = new URL(origin)
    const host = plain(hostname)
    const at = port || (protocol === 'https:' ? '443' : '80')
    return entries.some(
      (entry) =>
        (entry.port === undefined || entry.port === at) &&
        (entry.name === '*' || host.endsWith(`.${entry.name}`) || (!entry.onlyBelow && host === entry.name)),
    )
  }
}

function entryOf(text: string) {
  // A bare IPv6 address has colons, but no port.
  const [, bracketed, name, port] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(text) ?? []
  return {
    name: plain(bracketed ?? name ?? text).replace(/^\*?\./, ''),
    port: port === undefined ? undefined : String(Number(port)),
    onlyBelow: text.startsWith('*'),
  }
}

/** Without brackets, and without the dot that ends a full name. */
const plain = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[(.+)\]$/, '$1')
    .replace(/(.)\.$/, '$1')
