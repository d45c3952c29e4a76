import fc from 'fast-check'
import { expect } from 'vitest'
import type { Call } from '../wire.ts'
import { command, likely, nth, which } from './steps.ts'

const vpc = (method: string, path: string, body?: object): Call => ({
  service: 'vpc',
  method,
  path: `/v1/{p}/${path}`,
  body,
})

export const createPublicIp = fc.constant(
  command('create-public-address', async (_, real) => {
    const bandwidth = { share_type: 'PER', name: 'bw', size: 1 }
    await real.ask(vpc('POST', 'publicips', { publicip: { type: '5_bgp' }, bandwidth }))
  }),
)

export const bind = fc.tuple(which, which).map(([which, at]) =>
  command(`bind public address ${which} to port ${at}`, async (_, real) => {
    const id = likely(real.seen.publicIps, ({ port_id }) => !port_id, which)?.id
    const port = nth(real.seen.ports, at)?.id
    if (id && port) await real.ask(vpc('PUT', `publicips/${id}`, { publicip: { port_id: port } }))
  }),
)

export const unbind = which.map((which) =>
  command(`unbind public address ${which}`, async (_, real) => {
    const id = likely(real.seen.publicIps, ({ port_id }) => port_id, which)?.id
    if (id) await real.ask(vpc('PUT', `publicips/${id}`, { publicip: { port_id: '' } }))
  }),
)

export const deletePublicIp = which.map((which) =>
  command(`delete-public-address ${which}`, async (_, real) => {
    const found = likely(real.seen.publicIps, ({ port_id }) => !port_id, which)
    if (!found) return
    const { status } = await real.ask(vpc('DELETE', `publicips/${found.id}`))
    expect(status).toBe(found.port_id ? 409 : 204)
  }),
)

export const createPort = fc.constant(
  command('create-port', async (_, real) => {
    const [port] = real.seen.ports
    if (port) await real.ask(vpc('POST', 'ports', { port: { network_id: port.network_id } }))
  }),
)

export const deletePort = which.map((at) =>
  command(`delete-port ${at}`, async (_, real) => {
    const port = likely(real.seen.ports, ({ device_id }) => !device_id, at)
    if (!port) return
    const { status } = await real.ask(vpc('DELETE', `ports/${port.id}`))
    if (port.device_id) expect(status).toBeGreaterThanOrEqual(400)
  }),
)
