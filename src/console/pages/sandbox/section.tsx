import { type ReactNode, useId } from 'react'
import classes from './sandbox.module.css'

interface Props {
  title: string
  hint?: ReactNode
  actions?: ReactNode
  isWide?: boolean
  children: ReactNode
}

export function Section({ title, hint, actions, isWide = false, children }: Props) {
  const id = useId()
  return (
    <section className={classes.section} data-wide={isWide || undefined} aria-labelledby={id}>
      <div className={classes.head}>
        <div>
          <h2 id={id}>{title}</h2>
          {hint && <p className={classes.hint}>{hint}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  )
}
