import type { buildConnector, Dispatcher } from 'undici'
import { headLines } from './head-lines.ts'
import { type ConnectionOwner, type ConnectionTimes, HttpConnection, READ_INTO } from './http-connection.ts'

/** What sends a request: a pool of the library's, or ours. */
export type Dispatch = Pick<Dispatcher, 'dispatch'>

export interface HttpPool extends Dispatch {
  destroy(): void
}

export interface HttpPoolSettings extends ConnectionTimes {
  /** Makes what connects. */
  connector(options: typeof READ_INTO): buildConnector.connector
  elapsed: () => number
}

/** So often it is looked for connections that have waited too long. */
const LOOK_MS = 100

/**
 * Connections to one origin that send GETs without a body, for the library's handlers. Much less than the library's own
 * pool can do, and for such a request a third of its time: no queue, since the bulkhead in front lets no more in than
 * there are places, and no checks of what `quick-read.ts` has made itself.
 */
export function httpPool(origin: string, { connector, elapsed, ...times }: HttpPoolSettings): HttpPool {
  const { protocol, hostname, host, port } = new URL(origin)
  const target = { protocol, hostname, host, port }
  const connect = connector(READ_INTO)
  const all = new Set<HttpConnection>()
  /** The one that was used last is asked next, so that those too many end by themselves. */
  const free: HttpConnection[] = []
  let look: NodeJS.Timeout | undefined
  let isOver = false

  const owner: ConnectionOwner = {
    ...times,
    elapsed,
    free: (connection) => void free.push(connection),
    gone(connection) {
      all.delete(connection)
      const at = free.lastIndexOf(connection)
      if (at >= 0) free.splice(at, 1)
      if (all.size > 0 || !look) return
      clearInterval(look)
      look = undefined
    },
  }

  function open(then: (connection: HttpConnection) => void, failed: (error: Error) => void): void {
    connect(target, (error, socket) => {
      if (error || isOver) {
        socket?.destroy()
        return failed(error ?? new Error('closed'))
      }
      const connection = new HttpConnection(socket, owner)
      all.add(connection)
      look ??= setInterval(() => {
        const now = elapsed()
        for (const one of all) one.look(now)
      }, LOOK_MS).unref()
      then(connection)
    })
  }

  return {
    dispatch({ path, headers, headersTimeout }, handler) {
      const head = headOf(path, headers as readonly string[])
      const ms = headersTimeout ?? undefined
      const known = free.pop()
      if (known) known.ask(head, handler, ms)
      else
        open(
          (connection) => connection.ask(head, handler, ms),
          (error) => handler.onResponseError?.(NOBODY, error),
        )
      return true
    },
    destroy() {
      isOver = true
      for (const connection of all) connection.close()
    },
  }
}

const headOf = (path: string, headers: readonly string[]): string =>
  `GET ${path} HTTP/1.1\r\n${headLines(headers)}connection: keep-alive\r\n\r\n`

/** Where there is no connection there is nothing to control. */
const NOBODY = {} as Dispatcher.DispatchController
