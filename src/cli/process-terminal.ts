import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Terminal } from './terminal.ts'

export interface Streams {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** Has `act` done when somebody wants the program to end. */
  onInterrupt(act: () => void): void
  /** What cannot be written because of anything but a closed pipe. */
  onLost(code: string): void
}

/** The terminal that a process has. */
export function terminalOf({ stdin, stdout, stderr, onInterrupt, onLost }: Streams): Terminal {
  let isClosed = false
  let signal: AbortSignal | undefined
  const lose = (error: Error) => {
    isClosed = true
    const code = String(Reflect.get(error, 'code'))
    if (code !== 'EPIPE') onLost(code)
  }
  return {
    shows: stdout.isTTY === true,
    tells: stderr.isTTY === true,
    asks: stdin.isTTY === true && stderr.isTTY === true,
    width: stdout.isTTY ? stdout.columns : undefined,
    get isClosed() {
      return isClosed
    },
    out: (data) =>
      new Promise((resolve) => {
        if (isClosed) return resolve()
        stdout.write(data, (error) => {
          if (error) lose(error)
          resolve()
        })
      }),
    err: (text) => void stderr.write(text),
    async input() {
      let text = ''
      for await (const chunk of stdin.setEncoding('utf8')) text += chunk
      return text
    },
    async ask(question, isSecret = false) {
      // What is typed is shown by readline; where it is secret, by nobody.
      const shown = isSecret ? new Writable({ write: (_, __, done) => done() }) : stderr
      if (isSecret) stderr.write(question)
      const lines = createInterface({ input: stdin, output: shown, terminal: true })
      const gone = new AbortController()
      lines.once('close', () => gone.abort())
      lines.once('SIGINT', () => lines.close())
      try {
        return await lines.question(question, { signal: gone.signal })
      } catch {
        return undefined
      } finally {
        lines.close()
        if (isSecret) stderr.write('\n')
      }
    },
    interrupted() {
      if (signal) return signal
      const controller = new AbortController()
      signal = controller.signal
      onInterrupt(() => controller.abort())
      return signal
    },
  }
}
