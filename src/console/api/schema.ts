/** What the API takes and answers: of the typed client, which has it from the OpenAPI document. */
export type * from '../../../packages/client/src/schema.ts'
export { operations as calls } from '../../../packages/client/src/schema.ts'
