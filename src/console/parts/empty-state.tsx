import { IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './states.module.css'

interface Props {
  icon?: typeof IconInbox
  title: string
  hint?: ReactNode
  action?: ReactNode
}

/** Nothing is there, and what one can do about it. */
export function EmptyState({ icon: Icon = IconInbox, title, hint, action }: Props) {
  return (
    <div className={classes.state}>
      <span className={classes.badge} data-tone="idle">
        <Icon size={26} stroke={1.5} aria-hidden />
      </span>
      <p className={classes.title}>{title}</p>
      {hint && <div className={classes.hint}>{hint}</div>}
      {action && <div className={classes.actions}>{action}</div>}
    </div>
  )
}
