import { Refusal } from './refusal.ts'
import type { Service } from './service.ts'

/** Known by its paths, none of them imitated yet. */
export const evs: Service = {
  name: 'evs',
  rows: [],
  contentType: 'application/json',
  shape: ({ code, message }) => ({ error: { message, code } }),
  otherProject: () => new Refusal(400, 'EVS.5400', 'The project_id in the URL does not match the token.'),
  unreadable: () => new Refusal(400, 'EVS.5400', 'The request body is invalid.'),
}
