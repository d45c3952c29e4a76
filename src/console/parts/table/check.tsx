import classes from './table.module.css'

interface Props {
  label: string
  isChecked: boolean
  isMixed?: boolean
  /** Rows are not in the way of those who tab through the page. */
  isSkipped?: boolean
  onChange?: () => void
}

/** A plain checkbox: rows come and go by the dozen while one scrolls, and anything richer is felt. */
export function Check({ label, isChecked, isMixed = false, isSkipped = false, onChange }: Props) {
  return (
    <input
      type="checkbox"
      className={classes.box16}
      aria-label={label}
      checked={isChecked}
      ref={(input) => {
        if (input) input.indeterminate = isMixed
      }}
      tabIndex={isSkipped ? -1 : 0}
      readOnly={onChange === undefined}
      onChange={onChange}
    />
  )
}
