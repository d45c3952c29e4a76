/** Where a command reads and writes. */
export interface Terminal {
  /** Whether somebody sees stdout, sees stderr, and types on stdin. */
  readonly shows: boolean
  readonly tells: boolean
  readonly asks: boolean
  /** How many characters a line has room for; undefined where nobody sees it. */
  readonly width: number | undefined
  /** Data. Resolves when it is on its way; after a closed pipe, at once. */
  out(data: string | Uint8Array): Promise<void>
  /** Whether nobody reads stdout any more. */
  readonly isClosed: boolean
  /** For people: progress, questions, what went wrong. */
  err(text: string): void
  /** All of stdin. */
  input(): Promise<string>
  /** A line typed by somebody, or undefined when there is none. */
  ask(question: string, isSecret?: boolean): Promise<string | undefined>
  /** Aborted by Ctrl-C or a request to end. Who asks for it takes care of ending. */
  interrupted(): AbortSignal
}
