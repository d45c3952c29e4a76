import { CallerLeft } from '../huaweicloud/why-failed.ts'

/** What a question is shared by, and which ones are meant. */
export interface Topic {
  readonly key: string
  readonly pair: string
  readonly kind: string
}

export interface Flights<Value> {
  /**
   * The answer to a question, asked once for all who ask it at the same time. It ends with the time of the one who began
   * it, for whom all is as if he had asked alone; the others then begin anew. Who leaves ends it only when nobody else
   * waits. `began` tells whether it was asked for this one.
   */
  join(topic: Topic, asking: Asking<Value>): Promise<{ value: Value; began: boolean }>
  /** Nobody joins what is under way any more. */
  part(which: Omit<Topic, 'key'>): void
}

export interface Asking<Value> {
  /** The caller's time, and his leaving. */
  readonly signal: AbortSignal
  /** Not what was asked before. */
  readonly anew: boolean
  /** `isCurrent` tells, when the answer is there, whether those who ask now still share it. */
  readonly begin: (signal: AbortSignal, isCurrent: () => boolean) => Promise<Value>
}

interface Flight<Value> {
  readonly topic: Topic
  readonly over: AbortController
  waiting: number
  answer: Promise<Value>
}

export function buildFlights<Value>(): Flights<Value> {
  const flights = new Map<string, Flight<Value>>()

  function start(topic: Topic, { begin }: Asking<Value>): Flight<Value> {
    const over = new AbortController()
    const { key } = topic
    const flight: Flight<Value> = { topic, over, waiting: 0, answer: Promise.resolve() as never }
    const isCurrent = () => flights.get(key) === flight
    flights.set(key, flight)
    flight.answer = begin(over.signal, isCurrent).finally(() => {
      if (isCurrent()) flights.delete(key)
    })
    over.signal.addEventListener('abort', () => {
      if (isCurrent()) flights.delete(key)
    })
    return flight
  }

  /** `isOwn`: time that is up ends it for everybody. */
  function wait(flight: Flight<Value>, signal: AbortSignal, isOwn: boolean): Promise<Value> {
    flight.waiting += 1
    const { promise, resolve, reject } = Promise.withResolvers<Value>()
    const stop = () => {
      flight.waiting -= 1
      if (isOwn && !(signal.reason instanceof CallerLeft)) return flight.over.abort(signal.reason)
      if (flight.waiting === 0) flight.over.abort(new CallerLeft())
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    flight.answer.then(resolve, reject)
    if (signal.aborted) stop()
    return promise.finally(() => signal.removeEventListener('abort', stop))
  }

  return {
    async join(topic, asking) {
      const { key } = topic
      const { signal, anew } = asking
      for (let found = anew ? undefined : flights.get(key); found; found = flights.get(key)) {
        try {
          return { value: await wait(found, signal, false), began: false }
        } catch (error) {
          if (signal.aborted || !found.over.signal.aborted) throw error
        }
      }
      signal.throwIfAborted()
      return { value: await wait(start(topic, asking), signal, true), began: true }
    },
    part({ pair, kind }) {
      for (const { topic } of [...flights.values()])
        if (topic.pair === pair && topic.kind === kind) flights.delete(topic.key)
    },
  }
}
