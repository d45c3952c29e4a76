import { readFileSync } from 'node:fs'
import type { Params } from './api-params.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { Stop } from './stop.ts'

export function textInFile(file: string, { text }: House): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Stop(CODES.usage, text.file.unreadable(file, String(Reflect.get(Object(error), 'code'))))
  }
}

/** The fields in a file of JSON or YAML, which holds JSON; `-` is stdin. Fails with {@link Stop}. */
export async function fieldsInFile(file: string, house: House): Promise<Params> {
  const { terminal, text } = house
  const content = file === '-' ? await terminal.input() : textInFile(file, house)
  const { isScalar, LineCounter, parseDocument, visit } = await import('yaml')
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
  const [broken] = faults
  if (broken) {
    const { line, col } = lineCounter.linePos(broken.at)
    throw new Stop(CODES.usage, text.file.broken(file, line, col, broken.message))
  }
  const fields: unknown = document.toJS()
  if (!isFields(fields)) throw new Stop(CODES.usage, text.file.noFields(file))
  return fields
}

const isFields = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
