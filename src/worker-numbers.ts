import { lasting, type Numbers, textOfAll } from './gateway/metrics-sum.ts'
import { type Outside, within } from './outside.ts'

/** One that counts for itself, until it ends. */
export interface Counting {
  numbers(): Promise<Numbers>
  readonly ended: Promise<unknown>
}

/** How long one of them may think, before it is taken for what it was when it last answered. */
const PATIENCE_MS = 1_000

/** The text of the numbers of several processes together, with what those that have ended had counted. */
export function numbersOfAll(
  outside: Pick<Outside, 'sleep'>,
  own: () => Promise<Numbers>,
  counting: () => readonly Counting[],
): () => Promise<string> {
  const last = new Map<Counting, Numbers>()
  let past: Numbers = []
  /** One after the other, or what one adds would be lost. */
  let retiring = Promise.resolve()

  function retire(one: Counting): void {
    const numbers = last.get(one)
    if (!numbers) return
    last.delete(one)
    retiring = retiring.then(async () => {
      past = await lasting(past, numbers)
    })
  }

  async function ofOne(one: Counting): Promise<Numbers> {
    const before = last.get(one)
    const answer = one.numbers().catch(() => undefined)
    const numbers = await within(answer, PATIENCE_MS, outside)
    if (!numbers) return before ?? []
    if (!before) one.ended.then(() => retire(one))
    last.set(one, numbers)
    return numbers
  }

  return async () => {
    await retiring
    // Together, so that one that ends meanwhile is in one of them only.
    const [gone, ofAll] = [past, Promise.all(counting().map(ofOne))]
    return textOfAll([await own(), gone, ...(await ofAll)])
  }
}
