import type { Results } from './compare-results.ts'
import { markdownOf, setting, verdict } from './compare-table.ts'

const BEGIN = '<!-- measured: written by `npm run bench` and `npm run docs` -->'
const END = '<!-- end of what was measured -->'

/** The page with the numbers of this run in place of those before. */
export function pageWith(page: string, results: Results): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error('the page has no place for what was measured')
  return `${page.slice(0, from + BEGIN.length)}\n${measured(results)}\n${page.slice(to)}`
}

function measured(results: Results): string {
  const goals = results.goals.map(
    (goal) => `| ${goal.what} | ${goal.measured} | ${goal.wanted} | ${verdict(goal)} |`,
  )
  return `
${setting(results)}. Other programs took ${results.others}.

${markdownOf(results.rows)}

| | measured | wanted | |
|---|---|---|---|
${goals.join('\n')}
`
}
