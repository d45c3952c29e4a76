import { Refusal } from './refusal.ts'

/** The general refusal of a parameter; the specific code may stand in the details alone. */
export const invalid = (message: string, detail = 'Ecs.0005') =>
  new Refusal(400, 'Ecs.0005', message, [{ code: detail, message }])

export const noSuchServer = (id: string) =>
  new Refusal(404, 'Ecs.0114', `Instance[${id}] could not be found.`)

export const noSuchKeypair = (name: string) =>
  new Refusal(400, 'Ecs.0314', `The key pair ${name} does not exist.`)

export const wrongState = {
  code: 'Ecs.0100',
  reason: 'The ECS status does not meet requirements. Make the ECS in the required status and try again.',
} as const

export interface BatchFailure {
  readonly id: string
  readonly error_code: string
  readonly error_message: string
}

/** A batch that could not be done for some: it says for which, why, and who was served nevertheless. */
export class BatchRefusal extends Refusal {
  readonly internalError: readonly BatchFailure[]
  readonly response: readonly { id: string }[]

  constructor(failures: readonly BatchFailure[], served: readonly { id: string }[]) {
    super(400, 'Ecs.0611', 'Failed to perform the batch operation.')
    this.internalError = failures
    this.response = served
  }
}

export const batchResults = ({ internalError, response }: BatchRefusal) => ({
  ...(response.length > 0 ? { response } : {}),
  internalError,
})
