import { Link } from 'wouter'
import panel from '../../parts/panel.module.css'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './overview.module.css'
import { RegionState } from './region-state.tsx'
import type { RegionRow } from './rows.ts'
import { KINDS, type Tally } from './tally.ts'

export function RegionTable({ rows, sum }: { rows: readonly RegionRow[]; sum: Tally }) {
  const text = useText().overview
  const nameOf = useRegionName()
  return (
    <section className={`${panel.panel} ${classes.section}`} aria-labelledby="overview-regions">
      <h2 id="overview-regions">{text.regions}</h2>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{text.region}</th>
              <th scope="col">{text.state}</th>
              <th scope="col">{text.instances}</th>
              {KINDS.map((kind) => (
                <th key={kind} scope="col">
                  {text.kinds[kind]}
                </th>
              ))}
              <th scope="col">{text.vcpus}</th>
              <th scope="col">{text.memory}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.regionId}>
                <th scope="row">
                  <Link href={`/instances?regions=${encodeURIComponent(row.regionId)}`}>
                    {nameOf(row.regionId)}
                  </Link>
                  <code>{row.regionId}</code>
                </th>
                <td>
                  <RegionState row={row} />
                </td>
                <Numbers tally={row.tally} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text.total}</th>
              <td />
              <Numbers tally={sum} />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

function Numbers({ tally }: { tally: Tally | undefined }) {
  const format = useFormat()
  const cell = (key: keyof Tally, write = (value: number) => format.number(value)) => (
    <td key={key} data-nought={!tally || tally[key] === 0}>
      {tally ? write(tally[key]) : '–'}
    </td>
  )
  return (
    <>
      {cell('all')}
      {KINDS.map((kind) => cell(kind))}
      {cell('vcpus')}
      {cell('memory', (mib) => (mib === 0 ? '0' : format.memory(mib)))}
    </>
  )
}
