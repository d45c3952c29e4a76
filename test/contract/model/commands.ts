import fc from 'fast-check'
import { JOB_MS } from './model.ts'
import { bind, createPort, createPublicIp, deletePort, deletePublicIp, unbind } from './network-commands.ts'
import { addNic, attach, createVolume, deleteNic, deleteVolume, detach } from './part-commands.ts'
import { changeOs, create, migrate, nova, power, remove, resize } from './server-commands.ts'
import { type Command, command } from './steps.ts'

const pass = fc.constantFrom(1, 250, 999, JOB_MS, 2 * JOB_MS).map((ms) =>
  command(`pass ${ms} ms`, async (model, real) => {
    const before = await real.look()
    real.pass(ms)
    model.settle(real.now, before)
  }),
)

/** Every kind there is, by the first word of its title; only time always passes. */
export const kinds =
  'create os-start os-stop reboot delete nova-os-start nova-os-stop nova-reboot nova-delete resize change-os ' +
  'migrate attach detach add-nic delete-nic create-volume delete-volume create-public-address bind unbind ' +
  'delete-public-address create-port delete-port'

export const anyCommand: readonly fc.Arbitrary<Command>[] = [
  pass,
  pass,
  pass,
  create,
  power,
  power,
  remove,
  resize,
  changeOs,
  migrate,
  nova,
  attach,
  detach,
  addNic,
  deleteNic,
  createVolume,
  deleteVolume,
  createPublicIp,
  bind,
  unbind,
  deletePublicIp,
  createPort,
  deletePort,
]
