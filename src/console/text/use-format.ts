import { type Format, formatOf } from './format.ts'
import { useLocale } from './locale.ts'

/** Dates, numbers and sizes as the language of the moment writes them. */
export const useFormat = (): Format => formatOf(useLocale())
