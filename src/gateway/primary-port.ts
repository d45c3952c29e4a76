import { showServer } from '../huaweicloud/ecs.ts'
import { GatewayError } from './errors.ts'
import { type Asking, idIn, lookUp } from './look-up.ts'

/** A network card as it shows in an address: public addresses are entries of their own, with the same port. */
interface Address {
  'OS-EXT-IPS:port_id': string
  primary?: boolean | null
}

/**
 * The port of an instance's primary network card. Where there are several and Huawei does not say which one it is,
 * nothing is guessed: an address at the wrong card opens the wrong network.
 */
export async function primaryPort(call: Asking, instanceId: string): Promise<string> {
  const addresses = await lookUp(call, showServer, { server_id: instanceId }, addressesIn)
  const ports = new Set(addresses.map(({ port }) => port))
  const primary = addresses.find(({ isPrimary }) => isPrimary)?.port
  const [only] = ports.size === 1 ? ports : []
  const port = primary ?? only
  if (port !== undefined) return port
  const description =
    ports.size === 0
      ? 'has no network card'
      : `has ${ports.size} network cards; say which one with portId: ${[...ports].join(', ')}`
  throw new GatewayError('INVALID_ARGUMENT', {
    message: `instanceId ${description}.`,
    violations: [{ field: 'instanceId', description }],
  })
}

function addressesIn(body: unknown): { port: string; isPrimary: boolean }[] {
  const { server } = body as { server: { addresses: Record<string, Address[]> } }
  return Object.values(server.addresses)
    .flat()
    .map((address) => ({ port: idIn(address['OS-EXT-IPS:port_id']), isPrimary: address.primary === true }))
}
