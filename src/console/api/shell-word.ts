/** A text that bash, zsh and others read as one word, as it is. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The same, without quotes where none are needed. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text))
