/** How the world's time goes: along with real time, moved by so much, or standing still. */
export interface Clock {
  /** Milliseconds between real time and the world's. */
  offset: number
  frozenAt?: number
}

export const timeOn = (clock: Clock, real: number): number => clock.frozenAt ?? real + clock.offset

export function advance(clock: Clock, ms: number): void {
  if (clock.frozenAt === undefined) clock.offset += ms
  else clock.frozenAt += ms
}

export function setTime(clock: Clock, time: number, real: number): void {
  if (clock.frozenAt === undefined) clock.offset = time - real
  else clock.frozenAt = time
}

export function freeze(clock: Clock, real: number): void {
  clock.frozenAt ??= real + clock.offset
}

/** Goes on from where it stood. */
export function run(clock: Clock, real: number): void {
  if (clock.frozenAt === undefined) return
  clock.offset = clock.frozenAt - real
  delete clock.frozenAt
}
