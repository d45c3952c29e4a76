import type { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

/** Where log lines go. A log that cannot be written holds nobody up: its lines are dropped, and counted. */
export interface LogSink {
  write(line: string): void
  /** Lines dropped since the start. */
  dropped(): number
  /** Resolves when all is written, or nothing moves any more. */
  flush(): Promise<void>
}

/** Held for a reader that is slow. Beyond this a line is dropped. */
const MOST_BYTES = 1024 * 1024
const FLUSH_MS = 250

/** A pipe or socket, which Node writes without waiting, and holds without bound what its reader has not taken. */
export function sinkToStream(stream: Writable, most = MOST_BYTES): LogSink {
  const missed = missedLines()
  let isBroken = false
  stream.on('error', () => {
    isBroken = true // the reader has gone, and does not come back
  })
  const put = (line: string) =>
    stream.write(line, (error) => {
      if (error) missed.add()
    })
  return {
    write(line) {
      if (isBroken || stream.destroyed || stream.writableLength + line.length > most) return missed.add()
      const note = missed.note()
      if (note) put(note)
      put(line)
    },
    dropped: missed.count,
    async flush() {
      if (isBroken || stream.destroyed || stream.writableLength === 0) return
      const stop = new AbortController()
      const written = new Promise<void>((resolve) => stream.write('', () => resolve()))
      await Promise.race([written, wait(FLUSH_MS, undefined, { signal: stop.signal }).catch(() => {})])
      stop.abort()
    },
  }
}

/** A file, terminal or device: `put` writes at once, tells how many bytes it took, and throws what is in the way. */
export function sinkToFile(put: (bytes: Buffer) => number): LogSink {
  const missed = missedLines()
  let isTorn = false
  function all(text: string): void {
    const bytes = Buffer.from(text)
    let at = 0
    try {
      while (at < bytes.length) at += put(bytes.subarray(at))
    } finally {
      isTorn = at < bytes.length && (at > 0 || isTorn)
    }
  }
  return {
    write(line) {
      const note = missed.note()
      try {
        all(`${isTorn ? '\n' : ''}${note ?? ''}${line}`)
      } catch {
        missed.add(note !== undefined)
      }
    },
    dropped: missed.count,
    flush: async () => {},
  }
}

function missedLines() {
  let count = 0
  let told = 0
  return {
    count: () => count,
    /** With `again`, the note about those before is lost too. */
    add(again = false) {
      count++
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
