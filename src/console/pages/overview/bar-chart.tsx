import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import panel from '../../parts/panel.module.css'
import { useText } from '../../text/locale.ts'
import { ChartTable } from './chart-table.tsx'
import classes from './overview.module.css'
import { useScheme } from './use-scheme.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

export interface Series {
  name: string
  /** The token of its colour: `--hca-good`. */
  colour: string
  values: readonly number[]
}

export interface BarChartProps {
  title: string
  labels: readonly string[]
  series: readonly Series[]
  /** How its numbers are written. */
  write: (value: number) => string
  /** Ticks are whole multiples of it. */
  step?: number
  control?: ReactNode
}

const BAR_PX = 30
const AXIS_PX = 34

/** Bars that lie, one for each label, made of all series; drawn anew when the colours, words or numbers change. */
export function BarChart(props: BarChartProps) {
  const { title, labels, series, control } = props
  const text = useText().overview
  const scheme = useScheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const id = useId()
  const drawn = JSON.stringify([labels, series, title])
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared by what is drawn, and by the scheme it is drawn in
  useEffect(() => {
    if (!canvas.current) return
    const chart = draw(canvas.current, props)
    return () => chart.destroy()
  }, [drawn, scheme])
  return (
    <figure className={`${panel.panel} ${classes.figure}`} aria-labelledby={id}>
      <figcaption className={classes.caption}>
        <h2 id={id}>{title}</h2>
        {control}
      </figcaption>
      <ul className={classes.legend}>
        {series.map(({ name, colour }) => (
          <li key={name}>
            <span className={classes.swatch} style={{ background: `var(${colour})` }} />
            {name}
          </li>
        ))}
      </ul>
      <div className={classes.canvas} style={{ height: labels.length * BAR_PX + AXIS_PX }}>
        <canvas ref={canvas} role="img" aria-label={text.chartLabel(title)} />
      </div>
      <ChartTable {...props} />
    </figure>
  )
}

function draw(canvas: HTMLCanvasElement, { labels, series, write, step = 1 }: BarChartProps): Chart {
  const style = getComputedStyle(canvas)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const font = { family: style.fontFamily, size: 12 }
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: [...labels],
      datasets: series.map(({ name, colour, values }) => ({
        label: name,
        data: [...values],
        backgroundColor: token(colour),
        borderColor: token('--hca-surface'),
        borderWidth: { right: 1 },
        borderSkipped: false,
        maxBarThickness: 16,
      })),
    },
    options: {
      indexAxis: 'y',
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', axis: 'y', intersect: false },
      plugins: {
        tooltip: {
          backgroundColor: token('--hca-text'),
          titleColor: token('--hca-surface'),
          bodyColor: token('--hca-surface'),
          titleFont: font,
          bodyFont: font,
          callbacks: {
            label: ({ dataset, parsed }) => ` ${dataset.label ?? ''}: ${write(parsed.x ?? 0)}`,
          },
        },
      },
      scales: {
        x: {
          stacked: true,
          beginAtZero: true,
          border: { display: false },
          grid: { color: token('--hca-line') },
          ticks: {
            color: token('--hca-dimmed'),
            font,
            maxTicksLimit: 6,
            callback: (value) => (Number(value) % step === 0 ? write(Number(value)) : null),
          },
        },
        y: {
          stacked: true,
          border: { color: token('--hca-line') },
          grid: { display: false },
          ticks: { color: token('--hca-text'), font, autoSkip: false },
        },
      },
    },
  })
}
