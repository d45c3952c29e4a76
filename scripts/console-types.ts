import { routes } from '../src/gateway/routes/index.ts'
import { apiTypes } from './api-types.ts'

/** Types for the console, and where each call is. */
export async function consoleTypes(): Promise<string> {
  const places = routes.map(
    ({ name, method, path }) => `  ${name}: { method: '${method}', path: '${path}' },`,
  )
  return `${await apiTypes()}\nexport const calls = {\n${places.join('\n')}\n} as const satisfies Record<keyof Operations, object>\n`
}
