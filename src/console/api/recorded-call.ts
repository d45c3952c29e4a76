/** A call as it can be shown: without keys, and with placeholders for other secrets. */
export interface RecordedCall {
  number: number
  method: string
  /** With its query. */
  path: string
  body?: unknown
  headers: Readonly<Record<string, string>>
  /** Where in the console it was made: `/console/instances`. */
  screen: string
  at: number
  /** How often the same call was made on this screen. */
  times: number
  status?: number
  ms?: number
  requestId?: string
}
