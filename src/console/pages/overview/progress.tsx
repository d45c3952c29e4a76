import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './overview.module.css'
import type { RegionRow } from './rows.ts'

/** How many regions the numbers below are made of. */
export function Progress({ rows }: { rows: readonly RegionRow[] }) {
  const text = useText().overview
  const format = useFormat()
  const answered = rows.filter(({ tally, error }) => tally && !error).length
  const failed = rows.filter(({ error }) => error).length
  return (
    <p role="status" className={classes.progress}>
      {answered === rows.length
        ? text.allAnswered(format.number(rows.length))
        : text.answered(format.number(answered), format.number(rows.length))}
      {failed > 0 && <strong> {text.lacking(format.number(failed))}</strong>}
    </p>
  )
}
