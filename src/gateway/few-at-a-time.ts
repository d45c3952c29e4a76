/** So many in one turn of the event loop: a thousand slow senders that are due at once must not hold up everybody else. */
const IN_A_TURN = 20

/** Does work of which much may come at once, in order and a little in each turn. */
export function fewAtATime(inATurn = IN_A_TURN): (work: () => void) => void {
  let waiting: (() => void)[] = []
  function turn(): void {
    const now = waiting.slice(0, inATurn)
    waiting = waiting.slice(inATurn)
    if (waiting.length > 0) setImmediate(turn)
    for (const work of now) work()
  }
  return (work) => {
    waiting.push(work)
    if (waiting.length === 1) setImmediate(turn)
  }
}
