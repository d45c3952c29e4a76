import { type Answer, answers, contenders, type Results, type Row } from './compare-results.ts'
import { micros, setting, sized } from './compare-table.ts'

const WIDTH = 760
const LEFT = 130
const BARS = 440
const LINE = 20
const HEAD = 78
const GAP = 40

/** Read by a browser that knows whether the page around it is light or dark. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .answer { font-weight: 600 }
  .small { font-size: 11px; fill: #59636e }
  rect { fill: #b6bfc9 }
  .ours { fill: #c7372f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .small { fill: #9198a1 }
    rect { fill: #57606a }
    .ours { fill: #f2675f }
  }`

/** Processor time for each request, one part for each answer, each with its own scale. */
export function chartOf(results: Results): string {
  const parts: string[] = []
  let top = HEAD
  for (const answer of Object.keys(answers) as Answer[]) {
    const rows = results.rows.filter((row) => row.answer === answer)
    parts.push(part(rows, top))
    top += rows.length * LINE + GAP
  }
  const [first = '', ...rest] = setting(results).split('; ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="Processor time for each request">
<style>${STYLE}
</style>
<text class="title" x="0" y="18">Processor time for each request, µs (less is better)</text>
<text class="small" x="0" y="36">${escaped(first)}</text>
<text class="small" x="0" y="50">${escaped(rest.join('; '))}</text>
${parts.join('\n')}
</svg>
`
}

function part(rows: readonly Row[], top: number): string {
  const most = Math.max(...rows.map(({ cpuUs }) => cpuUs))
  const [first] = rows
  const name = first ? `${answers[first.answer].shown}, ${sized(first.bytes)}` : ''
  const bars = rows.map(({ contender, cpuUs, timesNginx }, index) => {
    const y = top + 10 + index * LINE
    const width = Math.max(1, (cpuUs / most) * BARS)
    const label = `${micros(cpuUs)} µs${contender === 'nginx' ? '' : `, ${timesNginx.toFixed(1)} × nginx`}`
    return `<text x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${escaped(contenders[contender])}</text>
<rect${contender === 'ours' ? ' class="ours"' : ''} x="${LEFT}" y="${y + 2}" width="${width.toFixed(1)}" height="${LINE - 5}" rx="2"/>
<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 13}">${escaped(label)}</text>`
  })
  return `<text class="answer" x="0" y="${top + 4}">${escaped(name)}</text>\n${bars.join('\n')}`
}

/** For the text of a picture, and for its attributes. */
export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
