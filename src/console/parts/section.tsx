import { type ReactNode, useId } from 'react'
import lines from './hint.module.css'
import panel from './panel.module.css'
import classes from './section.module.css'

interface Props {
  title: string
  hint?: ReactNode
  actions?: ReactNode
  /** Across all columns. */
  isWide?: boolean
  children: ReactNode
}

/** A part of a page with a heading of its own. */
export function Section({ title, hint, actions, isWide = false, children }: Props) {
  const id = useId()
  return (
    <section
      className={`${panel.panel} ${classes.section}`}
      data-wide={isWide || undefined}
      aria-labelledby={id}
    >
      <div className={classes.head}>
        <div>
          <h2 id={id}>{title}</h2>
          {hint && <p className={lines.hint}>{hint}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  )
}
