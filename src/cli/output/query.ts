import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'
import { CODES } from '../exit-codes.ts'
import { Stop } from '../stop.ts'
import type { Catalog } from '../text/en.ts'

/** A JMESPath, known to be one before anything is asked. What it is used on was JSON. */
export function queryOf(expression: string, text: Catalog): (value: unknown) => unknown {
  const tree = told(() => compile(expression), text)
  return (value) => told(() => TreeInterpreter.search(tree, value as JSONValue), text)
}

function told<Done>(work: () => Done, text: Catalog): Done {
  try {
    return work()
  } catch (error) {
    throw new Stop(CODES.usage, text.given.badQuery, error instanceof Error ? error.message : undefined)
  }
}
