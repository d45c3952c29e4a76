import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { quietTurn, SWEEP_MS, sweeper } from './drain-sweep.ts'
import { drainTimes } from './drain-times.ts'
import { doing, type OpenConnection, type OpenConnections } from './open-connections.ts'

export interface DrainTimes {
  /** Milliseconds of serving on, not ready any more, so that balancers send nobody new. */
  delayMs: number
  /** Milliseconds after that, when whatever is still open is cut. */
  graceMs: number
  /** Where another process holds the ports: resolves when it hands on no connections any more. */
  shut?(): Promise<unknown>
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
  hasBegun(): boolean
  /** Whether this request may be answered: behind an answer that said it is the last, nobody would read it. */
  takes(socket: object, response: ServerResponse): boolean
  /** Resolves when the last connection is gone and nothing is under way. */
  close(times: DrainTimes, work: DrainedWork): Promise<DrainSummary>
}

/** What goes on behind the connections, and may go on without them. */
export interface DrainedWork {
  /** Made while there is time for an answer. */
  lastCall(): void
  done(): Promise<void>
}

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

  const countAnswer = (response: ServerResponse) => response.once('finish', () => summary.answered++)

  function sayLast(socket: object, response: ServerResponse): void {
    if (response.headersSent) return
    last.set(socket, response)
    response.setHeader('connection', 'close')
  }

  function begin(): void {
    if (draining) return
    draining = true
    for (const { socket, due } of connections.all()) {
      due.forEach(countAnswer)
      const newest = due.at(-1)
      if (newest) sayLast(socket, newest)
    }
  }

  function cut(socket: Socket): void {
    if (socket.destroyed) return
    summary.cut++
    socket.destroy()
  }

  function cutAll(isMeant: (one: OpenConnection) => boolean): void {
    for (const one of connections.all()) if (isMeant(one)) cut(one.socket)
    connections.greeting.forEach(cut)
  }

  function tooSlow(socket: Socket): void {
    summary.cut++
    answerTooSlow(socket)
  }

  return {
    begin,
    hasBegun: () => draining,
    takes(socket, response) {
      if (!draining) return true
      const before = last.get(socket)
      if (before?.headersSent) return false
      before?.removeHeader('connection')
      countAnswer(response)
      sayLast(socket, response)
      return true
    },
    async close({ delayMs, graceMs, shut }, work) {
      begin()
      if (delayMs > 0) await wait(delayMs)
      await quietTurn(elapsed) // with nobody half through the door
      let isOver = false
      const open = servers.filter(({ listening }) => listening)
      open.forEach(closesQuietly)
      // Who cannot be asked has gone, and the ports with him.
      if (open.length > 0) await shut?.().catch(() => {})
      const isUp = Promise.withResolvers<void>()
      const over = Promise.all(open.map(stopListening))
        .then(() => Promise.race([work.done(), isUp.promise]))
        .then(() => {
          isOver = true
        })
      const { lastCallMs, cutMs } = drainTimes(graceMs)
      const almost = setTimeout(work.lastCall, lastCallMs)
      // With next to no grace, who waits for nothing is not let wait for the others.
      const early = setTimeout(() => cutAll((one) => doing(one) !== 'working'), graceMs)
      const end = setTimeout(() => {
        cutAll(() => true)
        isUp.resolve()
      }, cutMs)
      const sweep = sweeper(connections, elapsed, { cut, tooSlow })
      while (!isOver) {
        await sweep()
        // Not what keeps the process, once it is over.
        await Promise.race([over, wait(SWEEP_MS, undefined, { ref: false })])
      }
      clearTimeout(almost)
      clearTimeout(early)
      clearTimeout(end)
      return summary
    },
  }
}

/**
 * Without what Node's own way does first: it cuts idle connections at once, whether a request is on its way or not. Where
 * another process holds the ports, Node calls this itself, and would close the channel to that process when called back.
 */
function closesQuietly(server: Server): void {
  server.close = () => NetServer.prototype.close.call(server) as Server
}

const stopListening = (server: Server) =>
  new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => {
      Reflect.deleteProperty(server, 'close')
      server.close() // there is nothing left but its timers
      resolve()
    })
  })
