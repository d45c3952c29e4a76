import type { Static, TSchema } from 'typebox'
import { Compile as compileNow, type Validator } from 'typebox/compile'

/**
 * A check that is compiled when it is first asked: of the sandbox's many bodies few are seen in one run,
 * and compiling them all took half of its start.
 */
export function Compile<const Schema extends TSchema>(schema: Schema) {
  let made: Validator | undefined
  const compiled = () => {
    made ??= compileNow(schema) as unknown as Validator
    return made
  }
  return {
    Check: (value: unknown): value is Static<Schema> => compiled().Check(value),
    Errors: (value: unknown) => compiled().Errors(value),
  }
}
