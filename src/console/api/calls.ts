import { useMemo, useSyncExternalStore } from 'react'
import type { RecordedCall } from './recorded-call.ts'
import { withoutSecrets } from './secret-fields.ts'

const MOST = 200
let calls: readonly RecordedCall[] = []
let numbers = 0
const listeners = new Set<() => void>()

type Begun = Pick<RecordedCall, 'method' | 'path' | 'body' | 'headers'>
type Ended = Pick<RecordedCall, 'status' | 'ms' | 'requestId'>

/** Notes a call; a call like an earlier one of the screen, as polling makes them, takes that one's place. */
export function recordCall({ method, path, body, headers }: Begun): (ended: Ended) => void {
  const screen = location.pathname
  const call = { method, path, headers, ...(body === undefined ? {} : { body: withoutSecrets(body) }) }
  const key = JSON.stringify(call)
  const isSame = (one: RecordedCall) =>
    one.screen === screen &&
    key ===
      JSON.stringify({
        method: one.method,
        path: one.path,
        headers: one.headers,
        ...('body' in one ? { body: one.body } : {}),
      })
  numbers += 1
  const number = numbers
  const earlier = calls.find(isSame)
  const now: RecordedCall = { ...call, number, screen, at: Date.now(), times: (earlier?.times ?? 0) + 1 }
  change([...calls.filter((one) => one !== earlier), now].slice(-MOST))
  return (ended) => change(calls.map((one) => (one.number === number ? { ...one, ...ended } : one)))
}

export function forgetCalls(): void {
  change([])
}

function change(next: readonly RecordedCall[]): void {
  calls = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The calls of one screen, the latest first. */
export function useCallsOf(screen: string): readonly RecordedCall[] {
  const all = useSyncExternalStore(subscribe, () => calls)
  return useMemo(() => all.filter((one) => one.screen === screen).reverse(), [all, screen])
}
