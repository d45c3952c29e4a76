import { escaped } from './compare-chart.ts'
import type { Frame } from './flame-tree.ts'

const WIDTH = 1_200
const LINE = 18
const HEAD = 46
/** Narrower frames cannot be told from each other. */
const LEAST = 2.5
const LETTER = 6.2

const STYLE = `
  text { font: 11px system-ui, sans-serif; fill: #1f2328; pointer-events: none }
  .title { font-size: 15px; font-weight: 600 }
  rect { stroke: #fff; stroke-width: .5 }
  .ours { fill: #f0a58f } .node { fill: #a9c7e8 } .library { fill: #b5d6a7 } .native { fill: #cfd4d9 }
  @media (prefers-color-scheme: dark) {
    .title, .legend { fill: #e6edf3 }
    rect { stroke: #0d1117 }
  }`

const kinds = {
  ours: 'this program',
  node: 'Node.js',
  library: 'packages',
  native: 'system calls and the engine',
}

type Kind = keyof typeof kinds

const kindOf = ({ file }: Frame): Kind =>
  file === ''
    ? 'native'
    : file.startsWith('node:')
      ? 'node'
      : /^(?:@|[\w-]+\/lib)/.test(file)
        ? 'library'
        : 'ours'

/** A flame graph: each frame as wide as its share of the time, above it what it calls. */
export function flameOf(root: Frame, title: string): string {
  const rows: string[] = []
  let deepest = 0
  function draw(frame: Frame, x: number, depth: number): void {
    const width = (frame.total / root.total) * WIDTH
    if (width < LEAST) return
    deepest = Math.max(deepest, depth)
    const share = `${((frame.total / root.total) * 100).toFixed(1)} %`
    const label = `${frame.name} · ${share}`
    const room = Math.floor((width - 6) / LETTER)
    const shown = label.length <= room ? label : frame.name.slice(0, Math.max(0, room))
    const y = HEAD + depth * LINE
    rows.push(
      `<g><title>${escaped(`${frame.name} ${frame.file} ${share}`)}</title><rect class="${kindOf(frame)}" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${LINE - 1}" rx="1"/>${shown.length > 2 ? `<text x="${(x + 3).toFixed(1)}" y="${y + 12.5}">${escaped(shown)}</text>` : ''}</g>`,
    )
    drawCalls(frame, x, depth + 1)
  }
  function drawCalls({ calls }: Frame, x: number, depth: number): void {
    let from = x
    for (const one of [...calls.values()].sort((a, b) => b.total - a.total)) {
      draw(one, from, depth)
      from += (one.total / root.total) * WIDTH
    }
  }
  drawCalls(root, 0, 0)
  const height = HEAD + (deepest + 1) * LINE + 4
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}
</style>
<text class="title" x="0" y="16">${escaped(title)}</text>
${legend()}
${rows.join('\n')}
</svg>
`
}

function legend(): string {
  let x = 0
  return Object.entries(kinds)
    .map(([kind, shown]) => {
      const at = x
      x += 26 + shown.length * LETTER
      return `<rect class="${kind}" x="${at}" y="25" width="11" height="11"/><text class="legend" x="${at + 15}" y="35">${shown}</text>`
    })
    .join('\n')
}
