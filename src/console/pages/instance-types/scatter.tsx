import {
  Chart,
  type ChartConfiguration,
  Legend,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
} from 'chart.js'
import { useCallback, useMemo } from 'react'
import { type Colors, useChart } from '../../charts/use-chart.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import type { TypeRow } from './facts.ts'
import classes from './instance-types.module.css'
import { type Point, pointsOf } from './points.ts'

Chart.register(ScatterController, PointElement, LogarithmicScale, Tooltip, Legend)

const NAMED = 4

interface Props {
  rows: readonly TypeRow[]
  /** In vCPUs and GiB. */
  onChoose: (point: { vcpus: number; memory: number }) => void
}

/** vCPUs against memory, both doubling from line to line. The table is the way for those without a pointer. */
export default function Scatter({ rows, onChoose }: Props) {
  const text = useText().instanceTypes.chart
  const format = useFormat()
  const points = useMemo(() => pointsOf(rows), [rows])
  const make = useCallback(
    (colors: Colors, tag: string): ChartConfiguration<'scatter'> => {
      const sets = [points.filter((one) => one.isOnSale), points.filter((one) => !one.isOnSale)]
      const pointAt = (set: number, index: number) => sets[set]?.[index]
      const axis = (title: string) => ({
        type: 'logarithmic' as const,
        title: { display: true, text: title, color: colors.dimmed },
        grid: { color: colors.line },
        border: { color: colors.line },
        ticks: { color: colors.dimmed, callback: (value: string | number) => format.number(Number(value)) },
        afterBuildTicks: (scale: { min: number; max: number; ticks: { value: number }[] }) => {
          scale.ticks = doublings(scale.min, scale.max).map((value) => ({ value }))
        },
      })
      const set = (label: string, own: readonly Point[], color: string, style: 'circle' | 'crossRot') => ({
        label,
        data: own.map(({ vcpus, memory }) => ({ x: vcpus, y: memory })),
        backgroundColor: `${color}99`,
        borderColor: color,
        borderWidth: style === 'circle' ? 1 : 2,
        pointStyle: style,
        pointRadius: own.map(({ names }) => Math.min(11, 3.5 + Math.sqrt(names.length))),
        pointHoverRadius: own.map(({ names }) => Math.min(13, 5.5 + Math.sqrt(names.length))),
      })
      return {
        type: 'scatter',
        data: {
          datasets: [
            set(text.onSale, sets[0] ?? [], colors.accent, 'circle'),
            set(text.notOnSale, sets[1] ?? [], colors.warn, 'crossRot'),
          ],
        },
        options: {
          locale: tag,
          animation: false,
          maintainAspectRatio: false,
          scales: { x: axis(text.vcpus), y: axis(text.memory) },
          plugins: {
            legend: { align: 'end', labels: { color: colors.text, usePointStyle: true, boxHeight: 7 } },
            tooltip: {
              callbacks: {
                title: ([item]) => {
                  const point = item && pointAt(item.datasetIndex, item.dataIndex)
                  return point
                    ? `${format.number(point.vcpus)} vCPU · ${format.memory(point.memory * 1_024)}`
                    : ''
                },
                label: (item) => {
                  const names = pointAt(item.datasetIndex, item.dataIndex)?.names ?? []
                  const more = Math.max(0, names.length - NAMED)
                  return text.point(names.slice(0, NAMED).join(', '), format.number(more))
                },
              },
            },
          },
          onClick: (_, [hit]) => {
            const point = hit && pointAt(hit.datasetIndex, hit.index)
            if (point) onChoose(point)
          },
          onHover: ({ native }, hits) => {
            if (native?.target instanceof HTMLElement)
              native.target.style.cursor = hits.length > 0 ? 'pointer' : 'default'
          },
        },
      }
    },
    [points, text, format, onChoose],
  )
  const canvas = useChart(make)
  const vcpus = rangeOf(points.map((point) => point.vcpus)).map((value) => format.number(value))
  const memory = rangeOf(points.map((point) => point.memory)).map((value) => format.memory(value * 1_024))
  return (
    <div className={classes.canvas}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={text.label(format.number(rows.length), vcpus.join('–'), memory.join('–'))}
      />
    </div>
  )
}

function rangeOf(values: readonly number[]): readonly number[] {
  return values.length === 0 ? [] : [Math.min(...values), Math.max(...values)]
}

function doublings(min: number, max: number): readonly number[] {
  const ticks: number[] = []
  for (let value = 2 ** Math.ceil(Math.log2(min)); value <= max; value *= 2) ticks.push(value)
  return ticks
}
