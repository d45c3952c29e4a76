import { distance } from 'fastest-levenshtein'

/**
 * The known words most like a mistyped one, best first, for "did you mean". Letter case and the marks
 * between words do not count; words that share little with it are left out.
 */
export function nearest(word: string, known: Iterable<string>, most = 3): string[] {
  const plain = simplified(word).slice(0, 64)
  return [...known]
    .map((candidate) => ({ candidate, apart: distance(plain, simplified(candidate)) }))
    .filter(({ candidate, apart }) => apart <= Math.max(2, Math.ceil(candidate.length / 3)))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, most)
    .map(({ candidate }) => candidate)
}

const simplified = (word: string) => word.toLowerCase().replace(/[-_.:\s]/g, '')
