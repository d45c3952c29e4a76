import type { FastifyReply, FastifyRequest } from 'fastify'

type Handle = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** What is being done, whether its caller is still there or not: a write goes on without. */
export interface WorkUnderWay {
  counted(handle: Handle): Handle
  /** Resolves when nothing is, now or later. */
  done(): Promise<void>
}

export function workUnderWay(): WorkUnderWay {
  let count = 0
  const waiting: (() => void)[] = []
  return {
    counted: (handle) => async (request, reply) => {
      count += 1
      try {
        await handle(request, reply)
      } finally {
        count -= 1
        if (count === 0) for (const resolve of waiting.splice(0)) resolve()
      }
    },
    done: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
