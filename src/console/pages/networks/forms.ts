import { addressOf, isWithin, overlaps, rangeOf } from './cidr.ts'

/** The ranges that Huawei takes a VPC from, with the most that each may be wide. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']
const NAME = /^[\p{L}\p{N}_.-]{1,64}$/u
/** Narrower than this, nothing can be made. */
const MOST_BITS = 28

export type Wrong = 'name' | 'range' | 'notPrivate' | 'tooNarrow' | 'outside' | 'overlap' | 'gateway'

export interface VpcForm {
  name: string
  cidr: string
}

export interface SubnetForm {
  name: string
  cidr: string
  gatewayIp: string
}

type WrongOf<F> = Partial<Record<keyof F, Wrong>>

const wrongName = (name: string): Wrong | undefined => (NAME.test(name.trim()) ? undefined : 'name')

export const wrongInGroup = ({ name }: { name: string }): WrongOf<{ name: string }> =>
  clean({ name: wrongName(name) })

export function wrongInVpc({ name, cidr }: VpcForm): WrongOf<VpcForm> {
  return clean({ name: wrongName(name), cidr: wrongVpcRange(cidr) })
}

function wrongVpcRange(cidr: string): Wrong | undefined {
  const range = rangeOf(cidr)
  if (!range) return 'range'
  const isPrivate = PRIVATE.flatMap((one) => rangeOf(one) ?? []).some((outer) => isWithin(range, outer))
  if (!isPrivate) return 'notPrivate'
  return range.bits > MOST_BITS ? 'tooNarrow' : undefined
}

/** Told apart from what Huawei would say, so that each stands at its field before anything is sent. */
export function wrongInSubnet(
  { name, cidr, gatewayIp }: SubnetForm,
  vpcCidr: string,
  taken: readonly string[],
): WrongOf<SubnetForm> {
  return clean({
    name: wrongName(name),
    cidr: wrongSubnetRange(cidr, vpcCidr, taken),
    gatewayIp: wrongGateway(gatewayIp, cidr),
  })
}

function wrongSubnetRange(cidr: string, vpcCidr: string, taken: readonly string[]): Wrong | undefined {
  const range = rangeOf(cidr)
  if (!range) return 'range'
  const outer = rangeOf(vpcCidr)
  if (outer && !isWithin(range, outer)) return 'outside'
  if (range.bits > MOST_BITS) return 'tooNarrow'
  return taken.flatMap((one) => rangeOf(one) ?? []).some((other) => overlaps(range, other))
    ? 'overlap'
    : undefined
}

/** Neither the address of the range itself nor that of its broadcast. */
function wrongGateway(gatewayIp: string, cidr: string): Wrong | undefined {
  const address = addressOf(gatewayIp)
  if (address === undefined) return 'gateway'
  const range = rangeOf(cidr)
  return range && (address <= range.first || address >= range.last) ? 'gateway' : undefined
}

function clean<F>(wrong: { [K in keyof F]: Wrong | undefined }): WrongOf<F> {
  return Object.fromEntries(Object.entries(wrong).filter(([, value]) => value !== undefined)) as WrongOf<F>
}
