import type { Step } from './fault-script.ts'

export const head = (status: number, ...lines: readonly string[]): string =>
  [`HTTP/1.1 ${status} X`, ...lines, '', ''].join('\r\n')

export const JSON_TYPE = 'Content-Type: application/json'

/** A whole answer, which leaves its connection open. */
export const answer =
  (body: string | Buffer, status = 200, ...lines: readonly string[]): Step =>
  (socket) => {
    const has = (name: RegExp) => lines.some((line) => name.test(line))
    socket.write(
      head(
        status,
        ...(has(/^content-type:/i) ? [] : [JSON_TYPE]),
        ...(has(/^content-length:/i) ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
        ...lines,
      ),
    )
    socket.write(body)
  }

/** These bytes, and the connection stays open. */
export const say =
  (...parts: readonly (string | Buffer)[]): Step =>
  (socket) => {
    for (const part of parts) socket.write(part)
  }

/** These bytes, and then the end of the connection. */
export const sayAndEnd =
  (...parts: readonly (string | Buffer)[]): Step =>
  (socket) =>
    void socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))))

/** These bytes, and when they are out, a reset. */
export const sayAndReset =
  (text: string): Step =>
  (socket) =>
    void socket.write(text, () => socket.resetAndDestroy())

/** The same bytes again and again, until nobody listens. */
export const repeatedly =
  (begin: string, again: string | Buffer, everyMs: number): Step =>
  (socket) => {
    socket.write(begin)
    const timer = setInterval(() => socket.write(again), everyMs)
    socket.once('close', () => clearInterval(timer))
  }

export const hangUp: Step = (socket) => void socket.destroy()
export const reset: Step = (socket) => void socket.resetAndDestroy()
export const silence: Step = () => {}
export const good: Step = answer('{"job_id":"job-1","images":[]}')

/** How Huawei says no: a service, and the gateway before it. */
export const said = (code: string, message = 'said so') => JSON.stringify({ error: { code, message } })
export const byGateway = (code: string, text = 'said so') =>
  JSON.stringify({ error_code: code, error_msg: text })
