import type { Params } from './api-params.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { meant } from './meant.ts'
import { safeText } from './output/safe-text.ts'
import { Stop } from './stop.ts'
import type { Catalog } from './text/en.ts'
import { textInFileOrInput } from './text-file.ts'

/** The fields in a file of JSON or YAML, which holds JSON; `-` is stdin. Fails with {@link Stop}, also where one is none of `known`. */
export async function fieldsInFile(file: string, known: readonly string[], house: House): Promise<Params> {
  const { text } = house
  const content = await textInFileOrInput(file, house)
  const { isMap, isScalar, LineCounter, parseDocument, visit } = await import('yaml')
  const lineCounter = new LineCounter()
  const document = parseDocument(content, { lineCounter, prettyErrors: false })
  const faults = document.errors.map(({ pos, message }) => ({ at: pos[0], message }))
  visit(document, {
    Pair(_, { key, value }) {
      // YAML takes what was forgotten for null; here nothing is ever null.
      const isEmpty = value === null || (isScalar(value) && value.value === null)
      if (isEmpty && isScalar(key)) faults.push({ at: key.range?.[1] ?? 0, message: text.file.noValue })
    },
  })
  for (const { key } of isMap(document.contents) ? document.contents.items : [])
    if (isScalar(key) && !known.includes(String(key.value)))
      faults.push({ at: key.range?.[0] ?? 0, message: unknownField(String(key.value), known, text) })
  const [broken] = faults
  if (broken) {
    const { line, col } = lineCounter.linePos(broken.at)
    throw new Stop(CODES.usage, text.file.broken(file, line, col, broken.message))
  }
  const fields: unknown = document.toJS()
  if (!isFields(fields)) throw new Stop(CODES.usage, text.file.noFields(file))
  return fields
}

const unknownField = (name: string, known: readonly string[], text: Catalog): string =>
  text.file.unknownField(safeText(name)) + meant(name, known, text)

const isFields = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
