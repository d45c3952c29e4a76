import type { Server } from '../../api/schema.ts'
import type { Format } from '../../text/format.ts'

type Seen = Pick<Server, 'status' | 'metadata' | 'OS-EXT-STS:task_state'>

/** Why an instance cannot be resized as it is; the words for it are in the texts. Spot: ECS API, "Modifying the Specifications". */
export function whyNotResized(server: Seen): 'resizeOff' | 'resizeSpot' | undefined {
  if (server.metadata?.charging_mode === '2') return 'resizeSpot'
  const isAtRest = ['ACTIVE', 'SHUTOFF'].includes(server.status ?? '') && !server['OS-EXT-STS:task_state']
  return isAtRest ? undefined : 'resizeOff'
}

interface Size {
  id?: string
  vcpus?: string
  ram?: string | number
}

/** `s6.large.2 · 2 vCPU · 4 GiB` */
export function typeWords({ id = '', vcpus = '', ram = 0 }: Size, format: Format): string {
  return `${id} · ${format.number(Number(vcpus))} vCPU · ${format.memory(Number(ram))}`
}
