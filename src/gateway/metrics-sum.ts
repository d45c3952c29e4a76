import { loadAggregator } from './metrics-library.ts'

/** All that one process has counted, in a form that can be sent to another. */
export type Numbers = readonly { readonly name: string; readonly type: string }[]

/** The numbers of several processes as those of one, each metric as its row in the table says. */
const together = (all: readonly Numbers[]) => loadAggregator().aggregate(all as unknown as object[])

export const textOfAll = (all: readonly Numbers[]): Promise<string> => together(all).metrics()

/** What goes on to count when the process that counted it has ended: a sum that shrinks looks like a new beginning. */
export async function lasting(...all: readonly Numbers[]): Promise<Numbers> {
  const numbers = (await together(all).getMetricsAsJSON()) as unknown as Numbers
  return numbers.filter(({ type }) => type !== 'gauge')
}
