import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'
import { CODES } from '../exit-codes.ts'
import { Stop } from '../stop.ts'
import type { Catalog } from '../text/en.ts'

/** A JMESPath, known to be one before anything is asked. What it is used on was JSON. */
export function queryOf(expression: string, text: Catalog): (value: unknown) => unknown {
  const tree = told(() => compile(expression), text.given.badQuery)
  return (value) => told(() => TreeInterpreter.search(tree, value as JSONValue), text.given.vainQuery)
}

function told<Done>(work: () => Done, fault: string): Done {
  try {
    return work()
  } catch (error) {
    throw new Stop(CODES.usage, fault, error instanceof Error ? error.message : undefined)
  }
}
