/** Why a command ends without having done what it was asked: what, why, and what next, a line each. */
export class Stop extends Error {
  readonly code: number
  readonly lines: readonly string[]

  constructor(code: number, ...lines: readonly (string | undefined)[]) {
    super(lines[0])
    this.name = 'Stop'
    this.code = code
    this.lines = lines.filter((line) => line !== undefined && line !== '').map(String)
  }
}
