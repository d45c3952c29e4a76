import type { Call } from './http-api-page.ts'
import type { Operation, Parameter } from './types.ts'

const KEYS = `"$\{H[@]}"`
const SERVER = 'http://127.0.0.1:8002'

/** The call's example as one line of a shell, the keys in a variable. */
export function curlLine({ method, path, operation }: Call, parameters: readonly Parameter[]): string {
  const shown = parameters.filter(({ example, name }) => example !== undefined && name !== 'parameters')
  const inPath = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(shown.find((parameter) => parameter.name === name)?.example ?? `{${name}}`),
  )
  const query = shown
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`)
  const body = operation.requestBody?.content['application/json']?.example
  return [
    'curl',
    ...(inPath.includes('{') ? ['-g'] : []), // or curl takes braces for alternatives
    ...(isStream(operation) ? ['-N'] : []),
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', method]),
    ...(operation.security?.length === 0 ? [] : [KEYS]),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", '-d', quoted(JSON.stringify(body))]),
    quoted(`${SERVER}${inPath}${query.length > 0 ? `?${query.join('&')}` : ''}`),
  ].join(' ')
}

const isStream = ({ responses }: Operation) => {
  const good = responses['200']
  return good && 'content' in good && Object.hasOwn(good.content ?? {}, 'text/event-stream')
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
