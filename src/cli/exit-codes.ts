/** What a command ends with. */
export const CODES = {
  done: 0,
  broken: 1,
  usage: 2,
  refused: 3,
  notFound: 4,
  unreachable: 5,
  partly: 6,
  unknown: 7,
  /** As shells have it: 128 and the number of SIGINT. */
  interrupted: 130,
} as const
