import pino, { type DestinationStream, type Logger } from 'pino'

export type { Logger }

/** One line a request. An allow-list, because a list of what to hide always forgets a place. */
export interface RequestLine {
  method: string
  /** The route's pattern; never the URL, which may hold keys. */
  route: string
  status: number
  reason?: string
  /** Access key, first four and last two characters. */
  caller?: string
  requestId: string
  upstreamRequestId?: string
  /** Milliseconds from the first byte to the last, and how many of them Huawei Cloud took to answer. */
  ms: number
  upstreamMs?: number
  /** Attempts after the first, over all calls of the request. */
  repeats?: number
}

export function buildLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return destination ? pino(options, destination) : pino(options)
}

/** What a log may keep of something thrown that nobody expected: where it came from, not what it said. */
export function shownError(thrown: unknown): { name: string; at: string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] }
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: thrown.name, at: frames.slice(0, 8).map((line) => line.trim()) }
}
