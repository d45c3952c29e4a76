import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { quietTurn, SWEEP_MS, sweeper } from './drain-sweep.ts'
import type { OpenConnections } from './open-connections.ts'

export interface DrainTimes {
  /** Milliseconds of serving on, not ready any more, so that balancers send nobody new. */
  delayMs: number
  /** Milliseconds after that, when whatever is still open is cut. */
  graceMs: number
}

/** What the end looked like to callers. */
export interface DrainSummary {
  /** Requests answered since it began. */
  answered: number
  /** Connections cut: those that did not finish sending, and what was left at the end of the grace. */
  cut: number
}

export interface Drain {
  /** From now on each connection ends with its newest answer. */
  begin(): void
  /** Whether this request may be answered: behind an answer that said it is the last, nobody would read it. */
  takes(socket: object, response: ServerResponse): boolean
  /** Resolves when the last connection is gone. `lastCall` is made while there is time for an answer. */
  close(times: DrainTimes, lastCall: () => void): Promise<DrainSummary>
}

/** The part of the grace after which whoever still works is told to come to an end. */
const LAST_CALL = 0.9

export function drainOf(
  servers: readonly Server[],
  connections: OpenConnections,
  elapsed: () => number,
  answerTooSlow: (socket: Socket) => void,
): Drain {
  /** The answer that is to be the last of its connection. */
  const last = new WeakMap<object, ServerResponse>()
  const summary: DrainSummary = { answered: 0, cut: 0 }
  let draining = false

  function sayLast(socket: object, response: ServerResponse): void {
    response.once('finish', () => summary.answered++)
    if (response.headersSent) return
    last.set(socket, response)
    response.setHeader('connection', 'close')
  }

  function begin(): void {
    if (draining) return
    draining = true
    for (const { socket, due } of connections.all()) {
      const newest = [...due].at(-1)
      if (newest) sayLast(socket, newest)
    }
  }

  function cut(socket: Socket): void {
    if (socket.destroyed) return
    summary.cut++
    socket.destroy()
  }

  function tooSlow(socket: Socket): void {
    summary.cut++
    answerTooSlow(socket)
  }

  return {
    begin,
    takes(socket, response) {
      if (!draining) return true
      const before = last.get(socket)
      if (before?.headersSent) return false
      before?.removeHeader('connection')
      sayLast(socket, response)
      return true
    },
    async close({ delayMs, graceMs }, lastCall) {
      begin()
      if (delayMs > 0) await wait(delayMs)
      await quietTurn(elapsed) // with nobody half through the door
      let isOver = false
      const open = servers.filter(({ listening }) => listening)
      const over = Promise.all(open.map(stopListening)).then(() => {
        isOver = true
      })
      const almost = setTimeout(lastCall, graceMs * LAST_CALL)
      const end = setTimeout(() => {
        for (const { socket } of connections.all()) cut(socket)
        connections.greeting.forEach(cut)
      }, graceMs)
      const sweep = sweeper(connections, elapsed, { cut, tooSlow })
      while (!isOver) {
        await sweep()
        await Promise.race([over, wait(SWEEP_MS)])
      }
      clearTimeout(almost)
      clearTimeout(end)
      return summary
    },
  }
}

/** Without what Node's own way does first: it cuts idle connections at once, whether a request is on its way or not. */
const stopListening = (server: Server) =>
  new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => {
      server.close() // there is nothing left but its timers
      resolve()
    })
  })
