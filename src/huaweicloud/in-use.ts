import type { Failure } from './failure.ts'

/** The VPC service on subnets that something still needs, or that are not ready: https://support.huaweicloud.com/api-vpc/vpc_api_0003.html. */
const CODES = new Set('VPC.0205 VPC.0206 VPC.0208 VPC.0209 VPC.0210 VPC.0211'.split(' '))

/** A refusal before anything was done, though it comes with a status of 500. */
export const isInUse = (failure: Failure): boolean =>
  failure.kind === 'refused' && CODES.has(failure.refusal.code ?? '')
