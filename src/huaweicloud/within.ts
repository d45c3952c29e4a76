import { DeadlineExceeded } from './why-failed.ts'

/** Gives an act a deadline of its own, so that it need not end with whoever waits for it. */
export async function within<T>(ms: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(new DeadlineExceeded()), ms)
  try {
    return await act(deadline.signal)
  } finally {
    clearTimeout(timer)
  }
}
