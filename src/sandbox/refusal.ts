/** One more reason inside an ECS refusal. The specific code may stand only here. */
export interface Detail {
  code: string
  message?: string
}

/** A refusal by a service; each service words it in a shape of its own. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: readonly Detail[]

  constructor(status: number, code: string, message: string, details: readonly Detail[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** A refusal by the gateway in front of all services, always in the gateway's own shape. */
export class GatewayRefusal extends Refusal {}

export const notPublished = () =>
  new GatewayRefusal(
    404,
    'APIGW.0101',
    'The API does not exist or has not been published in the environment.',
  )
export const imitationRefused = (what: string) =>
  new GatewayRefusal(501, 'SANDBOX.NOT_IMITATED', `${what} is not imitated here, though Huawei Cloud has it.`)
export const wrongMethod = () => new GatewayRefusal(404, 'APIGW.0101', 'The API does not exist.')
export const malformed = (status = 400) => new GatewayRefusal(status, 'APIGW.0201', 'API request error.')
export const staleToken = () => new GatewayRefusal(401, 'APIGW.0307', 'The token must be updated.')
export const unauthenticated = (detail: string) =>
  new GatewayRefusal(401, 'APIGW.0301', `Incorrect IAM authentication information: ${detail}`)
