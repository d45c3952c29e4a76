export interface ServerEvent {
  event: string
  data: string
  /** As it was told last. */
  id: string | undefined
  /** Milliseconds to wait before coming back, where the server told. */
  retry: number | undefined
}

/** The events in the lines of a stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export async function* eventsIn(lines: AsyncIterable<string>): AsyncGenerator<ServerEvent> {
  let id: string | undefined
  let retry: number | undefined
  let event = ''
  let data: string[] = []
  for await (const line of lines) {
    if (line === '') {
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id, retry }
      event = ''
      data = []
      continue
    }
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (name === 'event') event = value
    else if (name === 'data') data.push(value)
    else if (name === 'id') id = value
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value)
  }
}
