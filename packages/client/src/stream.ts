import { TIMEOUT_MS } from './call.ts'
import { type Asked, asError, exchange } from './exchange.ts'
import { linesOf } from './lines.ts'
import { patienceOf } from './patience.ts'
import type { CallOptions, Setup } from './setup.ts'

/** The lines of an answer as they come; none where it is empty. Who leaves the loop early ends the call. */
export async function* streamed(setup: Setup, asked: Asked, options: CallOptions): AsyncGenerator<string> {
  const ms = options.timeoutMs ?? setup.defaults.timeoutMs ?? TIMEOUT_MS
  const patience = patienceOf(ms, [options.signal, setup.defaults.signal], setup.outside)
  try {
    const { body } = await exchange(setup, asked, options, patience, (answer) => answer)
    if (body) yield* linesOf(body, patience)
  } catch (thrown) {
    throw asError(thrown, setup, patience, asked)
  } finally {
    patience.end()
  }
}
