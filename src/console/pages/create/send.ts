import { isOutcomeUnknown } from '../../actions/run-outcome.ts'
import { type AnswerOf, call } from '../../api/client.ts'
import { type ApiError, asApiError } from '../../api/error.ts'
import { queryClient } from '../../api/query-client.ts'
import { bodyOf, type CreateBody } from './body.ts'
import { placed } from './place-errors.ts'
import { currentDraft, set } from './state.ts'

/** Asks whether the form would do; buys nothing. */
export async function check(): Promise<void> {
  const { form, key, sending } = currentDraft()
  if (sending.state !== 'open' && sending.state !== 'refused') return
  set({ sending: { state: 'checking' }, errors: {} })
  try {
    await call('createInstances', { body: { ...bodyOf(form), dryRun: true } })
    if (isStill(key, 'checking')) set({ sending: { state: 'checked' } })
  } catch (thrown) {
    if (isStill(key, 'checking')) refused(asApiError(thrown))
  }
}

/** Buys; a second click while it is on its way finds the state changed already, and does nothing. */
export async function create(): Promise<void> {
  const { form, sending } = currentDraft()
  if (sending.state === 'checked') await send(bodyOf(form))
}

/** The same words under the same key: what was carried out before is answered again, not done again. */
export async function sendAgain(): Promise<void> {
  const { sending } = currentDraft()
  if (sending.state === 'unknown') await send(sending.body, true)
}

/** After an answer that was lost, only a refusal of the order itself says that nothing was bought. */
async function send(body: CreateBody, isAgain = false): Promise<void> {
  const { key } = currentDraft()
  set({ sending: { state: 'sending', body } })
  try {
    const answer = await call('createInstances', { body, headers: { 'Idempotency-Key': key } })
    if (!isStill(key, 'sending')) return
    set({ sending: { state: 'sent', body: withoutSecret(body), ...soldAs(answer) }, form: spent() })
    lookAnew()
  } catch (thrown) {
    if (!isStill(key, 'sending')) return
    const error = asApiError(thrown)
    if (isOutcomeUnknown(error) || (isAgain && !isAboutOrder(error)))
      set({ sending: { state: 'unknown', body, error } })
    else refused(error)
  }
}

function soldAs(answer: AnswerOf<'createInstances'>) {
  const { job_id: jobId, order_id: orderId, serverIds = [] } = answer
  return { ...(jobId ? { jobId } : {}), ...(orderId ? { orderId } : {}), serverIds }
}

function refused(error: ApiError): void {
  set({ sending: { state: 'refused', error }, errors: placed(error) })
}

/** The key may be too old, or have been used for another order: then nothing is said of the first one. */
const isAboutOrder = ({ status, reason }: ApiError) =>
  status === 400 && !['Ecs.0122', 'Ecs.0123', 'Ecs.0124'].includes(reason)

/** Somebody may have left, or begun anew, in the meantime. */
const isStill = (key: string, state: 'checking' | 'sending') =>
  currentDraft().key === key && currentDraft().sending.state === state

/** Once the servers are bought nobody needs the password here. */
const spent = () => ({ ...currentDraft().form, password: '' })
const withoutSecret = ({ adminPassword: _, userData: _data, ...body }: CreateBody): CreateBody => body

export function lookAnew(): void {
  for (const key of ['listInstances', 'listVolumes', 'listPublicIps', 'showQuotas'])
    void queryClient.invalidateQueries({ queryKey: [key] })
}
