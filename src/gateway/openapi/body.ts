import type { TObject } from 'typebox'
import { pathNames, type Route } from '../route.ts'
import { exampleOf } from './example.ts'
import { placeSchemas, takesBody } from './parameters.ts'
import { plain } from './schema.ts'
import type { Media, Operation, Schema } from './types.ts'

/** Region, project and the call's own fields. Keys may stand in it too; headers are better. */
export function bodyOf(route: Route): Operation['requestBody'] | undefined {
  if (!takesBody(route)) return undefined
  const usual = bodySchema(route, route.fields)
  const example = exampleIn(route)
  const media: Media = {
    schema: route.instead ? { oneOf: [usual, bodySchema(route, route.instead.fields)] } : usual,
    ...(Object.keys(example).length > 0 ? { example } : {}),
  }
  const { required = [] } = usual as { required?: string[] }
  return { required: required.length > 0, content: { 'application/json': media } }
}

function bodySchema(route: Route, fields: TObject): Schema {
  const inPath = pathNames(route.path)
  const {
    properties = {},
    required = [],
    ...rest
  } = plain(fields) as Schema & {
    properties?: Record<string, Schema>
    required?: string[]
  }
  const own = Object.entries(properties).filter(([name]) => !inPath.includes(name))
  const needed = [
    ...(route.needs === 'regional' ? ['regionId'] : []),
    ...required.filter((name) => !inPath.includes(name)),
  ]
  return {
    ...rest,
    ...(needed.length > 0 ? { required: needed } : {}),
    properties: { ...placeSchemas(route), ...Object.fromEntries(own) },
  }
}

function exampleIn(route: Route): Record<string, unknown> {
  const inPath = pathNames(route.path)
  return Object.fromEntries(Object.entries(exampleOf(route).shown).filter(([name]) => !inPath.includes(name)))
}
