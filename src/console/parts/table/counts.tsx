import { Button } from '@mantine/core'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './narrowed-table.module.css'

interface Props {
  shown: number
  total: number
  isWhole: boolean
  selected: number
  onUnselect: () => void
  /** Where there is something to clear. */
  onClear: (() => void) | undefined
}

/** How many rows there are, how many of them are shown, and how many are chosen. */
export function Counts({ shown, total, isWhole, selected, onUnselect, onClear }: Props) {
  const text = useText().parts
  const format = useFormat()
  const all = format.number(total)
  const counted =
    shown !== total ? text.rowsOf(format.number(shown), all) : total === 1 ? text.oneRow : text.rows(all)
  return (
    <div className={classes.counts}>
      {selected > 0 && (
        <>
          <strong>{text.selected(format.number(selected))}</strong>
          <Button size="compact-xs" variant="subtle" onClick={onUnselect}>
            {text.clearSelection}
          </Button>
        </>
      )}
      {onClear && (
        <Button size="compact-xs" variant="subtle" onClick={onClear}>
          {text.clearFilters}
        </Button>
      )}
      <span role="status">{isWhole ? counted : text.stillLoading(all)}</span>
    </div>
  )
}
