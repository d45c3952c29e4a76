import pino, { type DestinationStream, type Logger } from 'pino'
import { lastRemembered } from '../huaweicloud/last-remembered.ts'

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

type Often = 'method' | 'route' | 'status' | 'requestId' | 'ms'
type Seldom = Exclude<keyof RequestLine, Often>
type Told = Pick<RequestLine, Often> & { [Name in Seldom]?: RequestLine[Name] | undefined }

/** With times in tenths, and without what there is nothing to tell of. */
export function requestLine(told: Told): RequestLine {
  const { method, route, status, requestId, ms } = told
  const line: RequestLine = { method, route, status, requestId, ms: tenths(ms) }
  if (told.reason) line.reason = told.reason
  if (told.caller) line.caller = told.caller
  if (told.upstreamRequestId) line.upstreamRequestId = told.upstreamRequestId
  if (told.upstreamMs !== undefined) line.upstreamMs = tenths(told.upstreamMs)
  if (told.repeats) line.repeats = told.repeats
  return line
}

const tenths = (ms: number) => Math.round(ms * 10) / 10

export function buildLogger(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  return destination ? pino(options, destination) : pino(options)
}

/** Writes the lines of requests where the logger writes, in its form, without going through what it can do besides. */
export function requestLines(log: Logger): (line: RequestLine) => void {
  if (!log.isLevelEnabled('info')) return () => {}
  const to = Reflect.get(log, pino.symbols.streamSym) as DestinationStream
  const time = isoTimes()
  // What many lines have in common is quoted once.
  const route = lastRemembered(quoted)
  const caller = lastRemembered(quoted)
  // One name after the other: a loop over what a line has takes twice as long.
  return (line) => {
    const { method, status, requestId, ms, reason, upstreamRequestId, upstreamMs, repeats } = line
    let text = `{"level":30,"time":"${time(Date.now())}","method":${quoted(method)},"route":${route(line.route)}`
    text += `,"status":${status},"requestId":${quoted(requestId)},"ms":${ms}`
    if (reason !== undefined) text += `,"reason":${quoted(reason)}`
    if (line.caller !== undefined) text += `,"caller":${caller(line.caller)}`
    if (upstreamRequestId !== undefined) text += `,"upstreamRequestId":${quoted(upstreamRequestId)}`
    if (upstreamMs !== undefined) text += `,"upstreamMs":${upstreamMs}`
    if (repeats !== undefined) text += `,"repeats":${repeats}`
    to.write(`${text}}\n`)
  }
}

/** As `Date.toISOString` has them, of which all but the last digits are the same for a second. */
function isoTimes(): (now: number) => string {
  const upToSecond = lastRemembered((at: number) => new Date(at).toISOString().slice(0, -'000Z'.length))
  return (now) => {
    const ms = now % 1_000
    return `${upToSecond(now - ms)}${String(ms).padStart(3, '0')}Z`
  }
}

const quoted = (text: string): string => (/^[\w.:/*-]*$/.test(text) ? `"${text}"` : JSON.stringify(text))

/** What a log may keep of something thrown that nobody expected: where it came from, not what it said. */
export function shownError(thrown: unknown): { name: string; at: string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, at: [] }
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: thrown.name, at: frames.slice(0, 8).map((line) => line.trim()) }
}
