import { type ReactNode, useId } from 'react'
import classes from './instance.module.css'

interface Props {
  title: string
  actions?: ReactNode
  isWide?: boolean
  children: ReactNode
}

export function Section({ title, actions, isWide = false, children }: Props) {
  const id = useId()
  return (
    <section className={classes.section} data-wide={isWide || undefined} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  )
}
