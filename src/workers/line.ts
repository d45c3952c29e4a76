/** Where messages go to one other process, and come from it. */
export interface Channel {
  send(message: object): void
  onMessage(take: (message: unknown) => void): void
  onClose(then: () => void): void
}

/** What one end can be asked: a question, with the signal of its asker, and what is answered. */
export type Asked = Record<string, { given: unknown; gives: unknown }>

export type Answering<Mine extends Asked> = {
  [Name in keyof Mine]: (
    given: Mine[Name]['given'],
    signal: AbortSignal,
  ) => Mine[Name]['gives'] | Promise<Mine[Name]['gives']>
}

export interface Line<Theirs extends Asked> {
  /**
   * Resolves to the answer. The signal gives the question up, but it is the other end that decides what comes of that:
   * something may have been done already. Fails when the answering does, or when the other end is gone.
   */
  ask<Name extends keyof Theirs & string>(
    name: Name,
    given: Theirs[Name]['given'],
    signal?: AbortSignal,
  ): Promise<Theirs[Name]['gives']>
  /** Waits for nothing. What is said comes in the order in which it was said, questions included. */
  tell<Name extends keyof Theirs & string>(name: Name, given: Theirs[Name]['given']): void
}

/** Why there is no answer. What went wrong at the other end is told there. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

type Message =
  | { ask: string; given?: unknown; id?: number }
  | { answered: number; gives?: unknown }
  | { failed: number }
  | { dropped: number }

/** Questions and answers both ways, over one channel. */
export function openLine<Mine extends Asked, Theirs extends Asked>(
  channel: Channel,
  answers: Answering<Mine>,
): Line<Theirs> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const working = new Map<number, AbortController>()
  let count = 0
  let isClosed = false

  const send = (message: Message) => channel.send(message)

  async function answer(name: string, given: unknown, id: number | undefined): Promise<void> {
    const dropped = new AbortController()
    if (id !== undefined) working.set(id, dropped)
    let message: Message | undefined
    try {
      const gives = await answers[name]?.(given, dropped.signal)
      if (id !== undefined) message = { answered: id, gives }
    } catch {
      if (id !== undefined) message = { failed: id }
    }
    if (id !== undefined) working.delete(id)
    if (message) send(message)
  }

  function settle(id: number): PromiseWithResolvers<unknown> | undefined {
    const one = waiting.get(id)
    waiting.delete(id)
    return one
  }

  channel.onMessage((thing) => {
    const message = thing as Message
    if ('ask' in message) answer(message.ask, message.given, message.id)
    else if ('answered' in message) settle(message.answered)?.resolve(message.gives)
    else if ('failed' in message) settle(message.failed)?.reject(new NoAnswer())
    else working.get(message.dropped)?.abort()
  })
  channel.onClose(() => {
    isClosed = true
    for (const one of waiting.values()) one.reject(new NoAnswer())
    waiting.clear()
    for (const dropped of working.values()) dropped.abort()
  })

  return {
    ask(name, given, signal) {
      if (isClosed) return Promise.reject(new NoAnswer())
      count += 1
      const id = count
      const one = Promise.withResolvers<unknown>()
      waiting.set(id, one)
      send({ ask: name, given, id })
      const drop = () => send({ dropped: id })
      signal?.addEventListener('abort', drop, { once: true })
      if (signal?.aborted) drop()
      return one.promise.finally(() => signal?.removeEventListener('abort', drop)) as Promise<never>
    },
    tell(name, given) {
      if (!isClosed) send({ ask: name, given })
    },
  }
}
