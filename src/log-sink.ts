import type { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

/** Where log lines go. A log that cannot be written holds nobody up: its lines are dropped, and counted. */
export interface LogSink {
  /** One line, or `lines` of them at once. */
  write(text: string, lines?: number): void
  /** Lines dropped since the start. */
  dropped(): number
  /** Resolves when all is written, or nothing moves any more. */
  flush(): Promise<void>
}

/** Held for a reader that is slow. Beyond this a line is dropped. */
const MOST_BYTES = 1024 * 1024
const FLUSH_MS = 250
const LINE_FEED = 10

interface StreamSettings {
  /** Bytes held for a reader that is slow. */
  most?: number
  /** Other processes write to it too. */
  isShared?: boolean
}

/** A pipe or socket, which Node writes without waiting, and holds without bound what its reader has not taken. */
export function sinkToStream(
  stream: Writable,
  { most = MOST_BYTES, isShared = false }: StreamSettings = {},
): LogSink {
  const missed = missedLines()
  const out = isShared ? lineByLine(stream) : stream
  let isBroken = false
  stream.on('error', () => {
    isBroken = true // the reader has gone, and does not come back
  })
  const put = (line: string) =>
    out.write(line, (error) => {
      if (error) missed.add()
    })
  return {
    write(line) {
      if (isBroken || stream.destroyed || out.writableLength + line.length > most) return missed.add()
      const note = missed.note()
      if (note) put(note)
      put(line)
    },
    dropped: missed.count,
    async flush() {
      if (isBroken || stream.destroyed || out.writableLength === 0) return
      const stop = new AbortController()
      const written = new Promise<void>((resolve) => {
        out.write('', () => resolve())
      })
      await Promise.race([written, wait(FLUSH_MS, undefined, { signal: stop.signal }).catch(() => {})])
      stop.abort()
    },
  }
}

/**
 * Hands on one line at a time. A pipe takes up to 4 KiB whole or not at all; of the many lines that Node writes at once
 * behind a slow reader it may take a part, and the next process writes into the middle of a line.
 */
function lineByLine(stream: Writable) {
  const held: { line: string; done: (error?: Error | null) => void }[] = []
  let heldBytes = 0
  let isBusy = false

  function next(): void {
    const one = held.shift()
    isBusy = one !== undefined
    if (!one) return
    heldBytes -= one.line.length
    stream.write(one.line, (error) => {
      one.done(error)
      next()
    })
  }

  return {
    get writableLength() {
      return heldBytes + stream.writableLength
    },
    write(line: string, done: (error?: Error | null) => void) {
      heldBytes += line.length
      held.push({ line, done })
      if (!isBusy) next()
    },
  }
}

/** A file, terminal or device: `put` writes at once, tells how many bytes it took, and throws what is in the way. */
export function sinkToFile(put: (bytes: Buffer) => number): LogSink {
  const missed = missedLines()
  let isTorn = false
  /** Returns how many lines are missing, or not whole. */
  function all(text: string): number {
    const bytes = Buffer.from(text)
    let at = 0
    try {
      while (at < bytes.length) at += put(bytes.subarray(at))
    } catch {
      // Told by what is missing.
    }
    isTorn = at < bytes.length && (at > 0 || isTorn)
    return bytes.subarray(at).reduce((count, byte) => count + Number(byte === LINE_FEED), 0)
  }
  return {
    write(text, lines = 1) {
      const note = missed.note()
      const missing = all(`${isTorn ? '\n' : ''}${note ?? ''}${text}`)
      if (missing > 0) missed.add(note !== undefined, Math.min(missing, lines))
    },
    dropped: missed.count,
    flush: async () => {},
  }
}

/** What is held of lines that come in one turn of the event loop. */
const MOST_GATHERED = 64 * 1024

/**
 * Hands on the lines of one turn of the event loop together: of what a short request costs, a write of its own to a file
 * was a twentieth. `last` is called for what is held when the process ends.
 */
export function gathered(sink: LogSink, last: (put: () => void) => void): LogSink {
  let held = ''
  let lines = 0
  function put(): void {
    if (lines === 0) return
    const [text, count] = [held, lines]
    held = ''
    lines = 0
    sink.write(text, count)
  }
  last(put)
  return {
    write(text, count = 1) {
      if (lines === 0) setImmediate(put)
      held += text
      lines += count
      if (held.length > MOST_GATHERED) put()
    },
    dropped: sink.dropped,
    flush() {
      put()
      return sink.flush()
    },
  }
}

function missedLines() {
  let count = 0
  let told = 0
  return {
    count: () => count,
    /** With `again`, the note about those before is lost too. */
    add(again = false, lines = 1) {
      count += lines
      if (again) told = -1
    },
    /** A line about those that were dropped since the last one. */
    note(): string | undefined {
      if (told === count) return undefined
      const lines = count
      told = count
      return `${JSON.stringify({ level: 40, dropped: lines, msg: 'log lines were dropped' })}\n`
    },
  }
}
