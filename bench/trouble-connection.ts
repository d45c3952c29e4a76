import { connect, type Socket } from 'node:net'
import { CROSSED, LOST, NEVER_CONNECTED, RESET, RESET_FIRST } from './trouble-plan.ts'

const OK_BEGINS = Buffer.from('{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":')
const BRACE = '}'.charCodeAt(0)

interface Answering {
  readonly status: number
  readonly closes: boolean
  readonly retryAfter: boolean
  readonly length: number
}

/** One buffer for all: what is in it is looked at before the next read. */
const shared = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * A kept-alive connection that has one request out at a time, written by hand: a client library would take more of
 * the processor than the server that is measured.
 */
export class Connection {
  readonly #socket: Socket
  readonly #ended: () => void
  #told: ((kind: string, isFree: boolean) => void) | undefined
  #connected = false
  #answers = 0
  #answering: Answering | undefined
  #bytes: Buffer = Buffer.alloc(0)

  /** `ended` is called once it can take no further request, unless that was told with an answer. */
  constructor(port: number, opened: () => void, ended: () => void) {
    this.#ended = ended
    const callback = (size: number, buffer: Uint8Array) => {
      this.#take(Buffer.from(buffer.subarray(0, size)))
      return true
    }
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      allowHalfOpen: true, // or the probe below could not be written
      onread: { buffer: shared, callback },
    })
    this.#socket.once('connect', () => {
      this.#connected = true
      opened()
    })
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      if (!this.#connected) this.#end(NEVER_CONNECTED)
      else if (error.syscall === 'write') this.#end(CROSSED)
      else this.#end(this.#answers > 0 ? RESET : RESET_FIRST)
    })
    this.#socket.on('end', () => this.#closedByServer())
    this.#socket.on('close', () => this.#end(LOST))
  }

  /** `told` gets what became of it, and whether the connection is free again. */
  send(bytes: Buffer, told: (kind: string, isFree: boolean) => void): void {
    this.#told = told
    this.#socket.write(bytes)
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /**
   * Whether our bytes came before the server closed or crossed with it cannot be read, but written: had they come to
   * a closed socket, its reset is here already and the next write fails.
   */
  #closedByServer(): void {
    if (!this.#told) {
      this.#end(LOST)
      return
    }
    this.#socket.write('\r\n', (error) => {
      this.#end(error ? CROSSED : LOST)
      this.#socket.destroy()
    })
  }

  #end(kind: string): void {
    const told = this.#told
    this.#told = undefined
    this.#socket.destroy()
    if (told) told(this.#answering ? `cut off within a ${this.#answering.status}` : kind, false)
    else this.#ended()
  }

  #take(chunk: Buffer): void {
    this.#bytes = this.#bytes.length > 0 ? Buffer.concat([this.#bytes, chunk]) : chunk
    if (!this.#answering) {
      const end = this.#bytes.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = this.#bytes.toString('latin1', 0, end).toLowerCase()
      this.#bytes = this.#bytes.subarray(end + 4)
      this.#answering = {
        status: Number(head.slice(9, 12)),
        closes: /\r\nconnection: *close/.test(head),
        retryAfter: /\r\nretry-after: *\d/.test(head),
        length: Number(/\r\ncontent-length: *(\d+)/.exec(head)?.[1] ?? Number.NaN),
      }
    }
    const { length, status, closes } = this.#answering
    if (Number.isNaN(length)) {
      this.#answered(`${status} without a length`, false)
      return
    }
    if (this.#bytes.length < length) return
    const isClean = this.#bytes.length === length
    this.#answered(
      isClean ? kindOf(this.#answering, this.#bytes) : `${status} and more bytes`,
      isClean && !closes,
    )
  }

  #answered(kind: string, isFree: boolean): void {
    const told = this.#told
    this.#told = undefined
    this.#answering = undefined
    this.#bytes = Buffer.alloc(0)
    this.#answers += 1
    if (!isFree) {
      this.#socket.removeAllListeners('close')
      this.#socket.destroy()
    }
    // Without a question: the server says why it closes an idle connection.
    if (told) told(kind, isFree)
    else this.#ended()
  }
}

function kindOf({ status, retryAfter }: Answering, body: Buffer): string {
  if (status === 200) {
    const isWhole = body.subarray(0, OK_BEGINS.length).equals(OK_BEGINS) && body.at(-1) === BRACE
    return isWhole ? '200' : '200, not our envelope'
  }
  try {
    const { error } = JSON.parse(body.toString())
    if (error.code !== status || typeof error.message !== 'string') throw new Error('not ours')
    const mustSayWhen = (status === 503 || status === 429) && !retryAfter
    return `${status} ${error.details[0].reason}${mustSayWhen ? ', no Retry-After' : ''}`
  } catch {
    return `${status}, not our envelope`
  }
}
