import type { Route } from '../route.ts'
import { answersOf } from './answers.ts'
import { bodyOf } from './body.ts'
import { exampleOf } from './example.ts'
import { parametersOf } from './parameters.ts'
import { problemsOf } from './problems.ts'
import { securityOf } from './security.ts'
import type { Operation } from './types.ts'

/** A row of the route table, as OpenAPI says it. */
export function operationOf(route: Route): Operation {
  const { name, tag, summary, scope, list } = route
  const parameters = parametersOf(route)
  const requestBody = bodyOf(route)
  const description = descriptionOf(route)
  return {
    operationId: name,
    tags: [tag],
    summary: summary.replaceAll('`', ''), // shown as it is, where descriptions are Markdown
    ...(description ? { description } : {}),
    ...(list
      ? {
          externalDocs: {
            url: list.operation.manual,
            description: `Huawei's manual of ${list.operation.name}`,
          },
        }
      : {}),
    'x-scope': scope,
    security: securityOf(route),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: { ...answersOf(route), ...problemsOf(route) },
  }
}

function descriptionOf(route: Route): string {
  const { description, keysIn, fields, instead } = route
  return [
    description,
    Object.hasOwn(fields.properties, 'servers')
      ? '`servers` may also be `instance_ids` or `instanceIds`, with plain ids.'
      : undefined,
    instead ? `Where \`${instead.field}\` is given, it stands in for the other fields.` : undefined,
    keysIn === 'headers' ? 'Keys are taken from headers only.' : undefined,
    ...exampleOf(route).taken.map(
      ({ field, call, from }) => `In the example \`${field}\` is \`${from}\` of what \`${call}\` answered.`,
    ),
  ]
    .filter(Boolean)
    .join('\n\n')
}
