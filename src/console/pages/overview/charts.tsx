import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { BarChart, type Series } from './bar-chart.tsx'
import classes from './overview.module.css'
import type { RegionRow } from './rows.ts'
import { KINDS, type Kind, type Tally } from './tally.ts'

const COLOURS: Readonly<Record<Kind, string>> = {
  running: '--hca-good',
  stopped: '--hca-line-strong',
  error: '--hca-bad',
  other: '--hca-warn',
}

/** Regions without instances would be empty lines; the table of regions has them. */
export default function Charts({ rows }: { rows: readonly RegionRow[] }) {
  const text = useText().overview
  const format = useFormat()
  const nameOf = useRegionName()
  const [measure, setMeasure] = useState<'vcpus' | 'memory'>('vcpus')
  const filled = rows
    .flatMap(({ regionId, tally }) => (tally && tally.all > 0 ? { region: nameOf(regionId), ...tally } : []))
    .sort((a, b) => b.all - a.all)
  const labels = filled.map(({ region }) => region)
  const seriesOf = (name: string, colour: string, value: (tally: Tally) => number): Series => ({
    name,
    colour,
    values: filled.map(value),
  })
  const [all, running] =
    measure === 'vcpus' ? (['vcpus', 'runningVcpus'] as const) : (['memory', 'runningMemory'] as const)
  return (
    <div className={classes.charts}>
      <BarChart
        title={text.byStatus}
        labels={labels}
        series={KINDS.filter((kind) => filled.some((tally) => tally[kind] > 0)).map((kind) =>
          seriesOf(text.kinds[kind], COLOURS[kind], (tally) => tally[kind]),
        )}
        write={format.number}
      />
      <BarChart
        title={measure === 'vcpus' ? text.vcpusByRegion : text.memoryByRegion}
        labels={labels}
        series={[
          seriesOf(text.kinds.running, COLOURS.running, (tally) => tally[running]),
          seriesOf(text.notRunning, COLOURS.stopped, (tally) => tally[all] - tally[running]),
        ]}
        write={measure === 'vcpus' ? format.number : format.memory}
        step={measure === 'vcpus' ? 1 : 1_024}
        control={
          <SegmentedControl
            size="xs"
            aria-label={text.measure}
            value={measure}
            onChange={(value) => setMeasure(value === 'memory' ? 'memory' : 'vcpus')}
            data={[
              { value: 'vcpus', label: text.vcpus },
              { value: 'memory', label: text.memory },
            ]}
          />
        }
      />
    </div>
  )
}
