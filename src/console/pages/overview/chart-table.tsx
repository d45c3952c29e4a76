import { useText } from '../../text/locale.ts'
import type { BarChartProps } from './bar-chart.tsx'
import classes from './overview.module.css'

/** The same numbers for those who read rather than look. */
export function ChartTable({ title, labels, series, write }: BarChartProps) {
  const text = useText().overview
  return (
    <details className={classes.details}>
      <summary>{text.asTable}</summary>
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{text.region}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">{text.total}</th>
            </tr>
          </thead>
          <tbody>
            {labels.map((label, index) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {series.map(({ name, values }) => (
                  <td key={name}>{write(values[index] ?? 0)}</td>
                ))}
                <td>{write(series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
