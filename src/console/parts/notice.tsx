import {
  IconAlertTriangle,
  IconCircleCheck,
  IconExclamationCircle,
  IconInfoCircle,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

export type Tone = 'info' | 'good' | 'warn' | 'bad'

const ICONS = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconExclamationCircle,
}

interface Props {
  tone: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons at its end. */
  actions?: ReactNode
  role?: 'alert' | 'status'
}

/** Something to know, inside the page. */
export function Notice({ tone, title, children, actions, role }: Props) {
  const Icon = ICONS[tone]
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <Icon size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        {title && <strong>{title}</strong>}
        {children && <div className={classes.body}>{children}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  )
}
