import { parseExposition, type Sample } from './exposition.ts'
import { ask } from './house.ts'

/** All that `/metrics` says. */
export const scraped = async (url: string): Promise<Sample[]> =>
  parseExposition((await ask(`${url}/metrics`)).text).samples

/** What it says of something; the first of its samples, where it has labels. */
export const numberAt = async (url: string, name: string): Promise<number | undefined> =>
  (await scraped(url)).find((one) => one.name === name)?.value
