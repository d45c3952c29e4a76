import { piecesOf } from './visible-text.ts'

/** JSON that says the same with escapes in the place of what cannot be seen; its own lines stay. */
export const visibleJson = (json: string): string =>
  piecesOf(json)
    .map(({ text, code }) =>
      code === undefined || text === '\n' ? text : code.toLowerCase().replace('u+', '\\u'),
    )
    .join('')
