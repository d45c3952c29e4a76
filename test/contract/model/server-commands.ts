import fc from 'fast-check'
import { expect } from 'vitest'
import type { Call } from '../wire.ts'
import type { TaskKind } from './model.ts'
import { attempt, command, ecs, flavors, nicsOf, nth, remember, which } from './steps.ts'

export const create = fc
  .record({
    count: fc.integer({ min: 1, max: 3 }),
    disks: fc.nat(2),
    withServer: fc.boolean(),
    eip: fc.boolean(),
  })
  .map((wanted) =>
    command(`create ${JSON.stringify(wanted)}`, async (model, real) => {
      const [home] = real.seen.ports
      const [server] = real.seen.servers
      if (!home || !server) return
      const heard = await real.ask(
        ecs('', {
          server: {
            name: 'story',
            imageRef: '88faab67-9e31-48d9-8027-f8a025da94de',
            flavorRef: flavors[0],
            vpcid: Object.keys(server.addresses)[0],
            nics: [{ subnet_id: home.network_id }],
            root_volume: { volumetype: 'SATA', size: 60 },
            count: wanted.count,
            data_volumes: Array.from({ length: wanted.disks }, () => ({
              volumetype: 'SSD',
              size: 10,
              delete_on_termination: wanted.withServer,
            })),
            ...(wanted.eip && {
              publicip: {
                eip: { iptype: '5_bgp', bandwidth: { size: 1, sharetype: 'PER' } },
                delete_on_termination: wanted.withServer,
              },
            }),
          },
        }),
      )
      remember(model, 'ecs', heard)
      if (heard.status !== 200) return
      expect(heard.body.serverIds).toHaveLength(wanted.count)
      for (const id of heard.body.serverIds) model.born(id, flavors[0] ?? '', real.now)
    }),
  )

export const power = fc
  .record({
    kind: fc.constantFrom('os-start', 'os-stop', 'reboot'),
    type: fc.constantFrom('SOFT', 'HARD'),
    which,
  })
  .map(({ kind, type, which }) =>
    command(`${kind} ${type} ${which}`, async (model, real) => {
      const id = nth(real.seen.servers, which)?.id
      const vm = model.servers.get(id)?.vm
      if (!vm) return
      const legal =
        kind === 'os-start'
          ? vm === 'stopped'
          : vm === 'active' || (kind === 'reboot' && type === 'HARD' && vm === 'stopped')
      const name = kind.replace('os-', '') as TaskKind
      const body = { [kind]: { ...(kind !== 'os-start' && { type }), servers: [{ id }] } }
      await attempt(model, real, id, name, legal, ecs('/action', body))
    }),
  )

export const remove = fc
  .record({ which, publicIp: fc.option(fc.boolean(), { nil: undefined }), volumes: fc.boolean() })
  .map(({ which, ...fate }) =>
    command(`delete ${which} ${JSON.stringify(fate)}`, async (model, real) => {
      const id = nth(real.seen.servers, which)?.id
      if (real.seen.servers.length < 2) return
      const body = { servers: [{ id }], delete_publicip: fate.publicIp, delete_volume: fate.volumes }
      await attempt(model, real, id, 'delete', true, ecs('/delete', body), { fate })
    }),
  )

export const nova = fc
  .record({ kind: fc.constantFrom('os-start', 'os-stop', 'reboot', 'delete'), which })
  .map(({ kind, which }) =>
    command(`nova-${kind} ${which}`, async (model, real) => {
      const id = nth(real.seen.servers, which)?.id
      const known = model.servers.get(id)
      if (!known || real.seen.servers.length < 2) return
      const legal =
        kind === 'delete' || (kind === 'os-start' ? known.vm === 'stopped' : known.vm === 'active')
      const path = `/v2.1/{p}/servers/${id}`
      const call: Call =
        kind === 'delete'
          ? { service: 'ecs', method: 'DELETE', path }
          : {
              service: 'ecs',
              method: 'POST',
              path: `${path}/action`,
              body: { [kind]: kind === 'reboot' ? { type: 'SOFT' } : null },
            }
      await attempt(model, real, id, kind.replace('os-', '') as TaskKind, legal, call)
    }),
  )

export const resize = fc
  .record({ which, flavor: fc.constantFrom(...flavors), withStop: fc.boolean() })
  .map(({ which, flavor, withStop }) =>
    command(`resize ${which} to ${flavor}${withStop ? ' with a stop' : ''}`, async (model, real) => {
      const id = nth(real.seen.servers, which)?.id
      const known = model.servers.get(id)
      if (!known) return
      const nics = real.seen.ports.filter(({ device_id }) => device_id === id).length
      const legal =
        known.flavor !== flavor &&
        (known.vm === 'stopped' || (known.vm === 'active' && withStop)) &&
        nics <= (nicsOf[flavor] ?? 0)
      const body = { resize: { flavorRef: flavor, ...(withStop && { mode: 'withStopServer' }) } }
      await attempt(model, real, id, 'resize', legal, ecs(`/${id}/resize`, body), { flavor })
    }),
  )

export const changeOs = fc.record({ which, withStop: fc.boolean() }).map(({ which, withStop }) =>
  command(`change-os of ${which}${withStop ? ' with a stop' : ''}`, async (model, real) => {
    const id = nth(real.seen.servers, which)?.id
    const vm = model.servers.get(id)?.vm
    const legal = vm === 'stopped' || (vm === 'active' && withStop)
    const body = {
      'os-change': {
        imageid: '88faab67-9e31-48d9-8027-f8a025da94de',
        adminpass: 'Example-Pass1',
        ...(withStop && { mode: 'withStopServer' }),
      },
    }
    const call = { ...ecs(`/${id}/changeos`, body), path: `/v2/{p}/cloudservers/${id}/changeos` }
    await attempt(model, real, id, 'changeOs', legal, call)
  }),
)

export const migrate = which.map((which) =>
  command(`migrate ${which}`, async (model, real) => {
    const id = nth(real.seen.servers, which)?.id
    const legal = model.servers.get(id)?.vm === 'stopped'
    await attempt(model, real, id, 'migrate', legal, ecs(`/${id}/migrate`, { migrate: {} }))
  }),
)
