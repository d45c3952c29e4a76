import { Refusal } from './refusal.ts'

/** The general refusal of a parameter; the specific code may stand in the details alone. */
export const invalid = (message: string, detail = 'Ecs.0005') =>
  new Refusal(400, 'Ecs.0005', message, [{ code: detail, message }])

export const noSuchServer = (id: string) =>
  new Refusal(404, 'Ecs.0114', `Instance[${id}] could not be found.`)

export const wrongState = {
  code: 'Ecs.0100',
  reason: 'The ECS status does not meet requirements. Make the ECS in the required status and try again.',
} as const
