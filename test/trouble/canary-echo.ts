import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** What a request was, in the words that an answer may quote it in. */
interface Quoted {
  /** As text: the request line, headers, body, and the same as a signer writes it. */
  readonly plain: string
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
  /** One short word of it, which could be a code or an id. */
  readonly word: string
}

type Shape = (quoted: Quoted) => { body: string; type?: string; headers?: Record<string, string> }

const json = (value: unknown) => ({ body: JSON.stringify(value) })

/** Every shape in which Huawei Cloud says no, and what stands between, with the request in each text. */
export const ECHOES: Readonly<Record<string, Shape>> = {
  'as ECS does': ({ plain, body }) =>
    json({ error: { code: 'Ecs.0005', message: plain, details: [{ code: 'Ecs.0039', message: body }] } }),
  'as IAM does': ({ plain }) => json({ error: { code: 400, title: 'Bad Request', message: plain } }),
  'as IAM does, with its request as title': ({ plain }) =>
    json({ error: { code: 400, title: plain, message: plain } }),
  'as IMS does': ({ plain }) => json({ error: { error_code: 'IMG.0001', error_msg: plain } }),
  'as the gateway does': ({ plain, url }) =>
    json({ error_code: 'APIGW.0301', error_msg: `${plain} ${url}`, request_id: 'a1b2' }),
  'as VPC does': ({ plain }) => json({ code: 'VPC.0101', message: plain }),
  'as Neutron does': ({ plain, body }) =>
    json({ NeutronError: { type: 'Bad', message: plain, detail: body } }),
  'as Nova does, under the name of all it got': ({ plain }) =>
    json({ [plain]: { message: plain, code: 400 } }),
  'in names and lists': ({ plain, headers, body }) =>
    json({ error: { code: 'X.1', message: 'no' }, [plain]: [headers, [body]], headers, body }),
  'as JSON in JSON in JSON': ({ plain, headers, body }) =>
    json({ error_code: 'X.1', error_msg: JSON.stringify({ headers, body, all: JSON.stringify({ plain }) }) }),
  'as a URL': ({ plain, url }) =>
    json({ error_code: 'X.1', error_msg: `${encodeURIComponent(plain)} ${encodeURIComponent(url)}` }),
  'as a URL with small hex': ({ plain }) =>
    json({
      error_code: 'X.1',
      error_msg: encodeURIComponent(plain).replace(/%../g, (hex) => hex.toLowerCase()),
    }),
  'as a form': ({ plain }) =>
    json({ error_code: 'X.1', error_msg: new URLSearchParams({ plain }).toString() }),
  'as the code of all': ({ plain }) => json({ error_code: plain, error_msg: plain, request_id: plain }),
  'as one word in each place of a word': ({ word }) => ({
    ...json({ error_code: word, error_msg: word, request_id: word, error: { code: word } }),
    headers: { 'x-request-id': word, 'retry-after': word },
  }),
  'as a page of a proxy': ({ plain }) => ({ body: `<html><pre>${plain}</pre></html>`, type: 'text/html' }),
  'as text': ({ plain }) => ({ body: plain, type: 'text/plain' }),
  'as a JSON text': ({ plain }) => json(plain),
  'as a JSON list': ({ plain, headers }) => json([plain, headers]),
}

/** An upstream that repeats all that it got. What it got is noted, so that it is known which signatures there were. */
export function echoing(
  status: number,
  shape: Shape,
): { listener: RequestListener; heard: { headers: object }[] } {
  const heard: { headers: object }[] = []
  return {
    heard,
    listener: async (request, response) => {
      heard.push(request)
      const body = (await buffer(request)).toString()
      const { method, url = '', headers } = request
      const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`)
      const plain = `${method} ${url}\n${lines.join('\n')}\n\n${body}`
      const said = shape({ plain, url, headers, body, word: wordIn(headers, body, heard.length) })
      response.writeHead(status, { 'content-type': said.type ?? 'application/json', ...said.headers })
      response.end(said.body)
    },
  }
}

/** Of what a request holds that could be a code or an id, one after the other. */
function wordIn(headers: IncomingHttpHeaders, body: string, n: number): string {
  const { authorization = '' } = headers
  const words = [
    /Signature=(\w+)/.exec(authorization)?.[1],
    /Access=(\w+)/.exec(authorization)?.[1],
    `${headers['x-security-token']}`,
    /"(?:adminPass|user_data|password)":"([^"]+)"/.exec(body)?.[1],
  ].filter((word) => word !== undefined)
  return words[n % words.length] ?? 'none'
}
