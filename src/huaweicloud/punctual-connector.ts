import type { Socket } from 'node:net'
import { buildConnector, errors } from 'undici'

/**
 * Connects within `ms`, finding the address and TLS included. The library's own limit is looked at twice a second, so
 * it ends up to a second late.
 */
export function punctualConnector(
  options: buildConnector.BuildOptions,
  ms: number,
): buildConnector.connector {
  // Its type hides that it returns the socket.
  const connect = buildConnector({ ...options, allowH2: false, timeout: 0 }) as (
    ...args: Parameters<buildConnector.connector>
  ) => Socket
  return (target, callback) => {
    const socket = connect(target, (...result) => {
      clearTimeout(timer)
      callback(...result)
    })
    const timer = setTimeout(() => socket.destroy(new errors.ConnectTimeoutError()), ms)
    timer.unref()
  }
}
