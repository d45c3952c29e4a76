import { Document, Scalar, visit } from 'yaml'
import { isSafe, safeText } from './safe-text.ts'

/** YAML that a terminal can show: what it would not show stands as an escape between quotes. */
export function yamlOf(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && !isSafe(node.value)) node.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ lineWidth: 0 }).split('\n').map(safeText).join('\n')
}
