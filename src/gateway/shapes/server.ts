import Type, { type TSchema } from 'typebox'
import {
  any,
  flag,
  links,
  nullableFlag,
  nullableText,
  nullableWhole,
  orNull,
  shape,
  text,
  textMap,
  texts,
  whole,
} from './shape.ts'

const accelerators = Type.Array(shape({ name: text, count: whole, memory_mb: whole }))

/** Numbers are texts here, unlike in the list of flavors. */
const flavor = shape({
  id: text,
  name: text,
  vcpus: text,
  ram: text,
  disk: text,
  gpus: accelerators,
  asic_accelerators: accelerators,
})

/** A public address is an entry of its own, of the type `floating`, with the port of its card. */
const address = shape({
  version: Type.String({ description: '4 or 6.' }),
  addr: text,
  primary: nullableFlag,
  'OS-EXT-IPS:type': Type.String({ description: 'fixed or floating.' }),
  'OS-EXT-IPS-MAC:mac_addr': nullableText,
  'OS-EXT-IPS:port_id': nullableText,
})

const attachedVolume = shape({
  id: text,
  device: nullableText,
  bootIndex: nullableText,
  delete_on_termination: nullableText,
})

const networkInterface = shape({
  port_id: text,
  primary: flag,
  ip_addresses: texts,
  ipv6_addresses: texts,
  subnet_id: text,
  association: orNull(shape({ public_ip_address: nullableText })),
})

/** The same in every answer that tells of a server. */
const shared = {
  description: nullableText,
  created: text,
  updated: text,
  tenant_id: text,
  user_id: text,
  hostId: nullableText,
  accessIPv4: nullableText,
  accessIPv6: nullableText,
  locked: flag,
  metadata: textMap,
  tags: texts,
  'OS-DCF:diskConfig': nullableText,
  'OS-EXT-SRV-ATTR:hostname': nullableText,
  'OS-EXT-SRV-ATTR:user_data': nullableText,
}

/** https://support.huaweicloud.com/api-ecs/ecs_02_0104.html */
const fields = {
  id: text,
  name: text,
  status: Type.String({ description: 'ACTIVE, SHUTOFF, BUILD, ERROR, REBOOT, RESIZE …' }),
  ...shared,
  config_drive: nullableText,
  key_name: nullableText,
  progress: nullableWhole,
  fault: orNull(shape({ message: text, code: whole, created: text, details: nullableText })),
  flavor,
  image: shape({ id: text }),
  addresses: Type.Record(text, Type.Array(address)),
  sys_tags: Type.Array(shape({ key: text, value: text })),
  enterprise_project_id: nullableText,
  security_groups: Type.Array(shape({ id: nullableText, name: text })),
  network_interfaces: Type.Array(networkInterface),
  'os-extended-volumes:volumes_attached': Type.Array(attachedVolume),
  'OS-EXT-STS:vm_state': nullableText,
  'OS-EXT-STS:task_state': nullableText,
  'OS-EXT-STS:power_state': nullableWhole,
  host_status: nullableText,
  'OS-EXT-AZ:availability_zone': nullableText,
  'OS-SRV-USG:launched_at': nullableText,
  'OS-SRV-USG:terminated_at': nullableText,
  'OS-EXT-SRV-ATTR:host': nullableText,
  'OS-EXT-SRV-ATTR:hypervisor_hostname': nullableText,
  'OS-EXT-SRV-ATTR:instance_name': nullableText,
  'OS-EXT-SRV-ATTR:root_device_name': nullableText,
  'OS-EXT-SRV-ATTR:ramdisk_id': nullableText,
  'OS-EXT-SRV-ATTR:kernel_id': nullableText,
  'OS-EXT-SRV-ATTR:launch_index': nullableWhole,
  'OS-EXT-SRV-ATTR:reservation_id': nullableText,
  'os:scheduler_hints': orNull(
    shape({ group: orNull(texts), tenancy: orNull(texts), dedicated_host_id: orNull(texts) }),
  ),
  auto_terminate_time: nullableText,
  cpu_options: orNull(shape({ 'hw:cpu_threads': whole })),
  security_options: orNull(shape({ secure_boot_enabled: flag, tpm_enabled: flag })),
  enclave_options: orNull(shape({ enabled: flag })),
  hypervisor: orNull(shape({ hypervisor_type: nullableText, csd_hypervisor: nullableText })),
  capacity_reservation_id: nullableText,
  capacity_reservation_specification: orNull(shape({ id: nullableText, preference: nullableText })),
  spod_id: nullableText,
}

export const server = shape(fields)

/** Asked for by `server_id`, a server that is not there stands in the list all the same, with an id, a fault and nulls. */
export const listedServer = shape({
  ...Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, mayBeNull(schema)])),
  id: text,
})

function mayBeNull(schema: TSchema): TSchema {
  return 'anyOf' in schema ? schema : orNull(schema)
}

/** What a change of name or description answers: OpenStack's form, with fewer fields and other types. */
export const updatedServer = shape({
  id: text,
  name: text,
  status: text,
  ...shared,
  progress: nullableWhole,
  image: any,
  flavor: shape({ id: text, links }),
  addresses: Type.Record(text, Type.Array(shape({ addr: text, version: whole }))),
  links,
})
