import { ActionIcon } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../text/locale.ts'
import { CallBehind } from './call-behind.tsx'
import classes from './page-header.module.css'
import { SafeText } from './safe-text.tsx'
import { visibleText } from './visible-text.ts'

interface Props {
  title: string
  description?: ReactNode
  /** Beside the title, such as a status. */
  badge?: ReactNode
  actions?: ReactNode
  /** How many things wait for somebody, told in the window's title. */
  waiting?: number
  /** What the refresh button asks anew. */
  queries?: readonly Pick<UseQueryResult, 'refetch' | 'isFetching'>[]
}

let isFirstPage = true

/** The head of every page: names it for the window, and takes the focus when one comes here from another page. */
export function PageHeader({ title, description, badge, actions, waiting = 0, queries = [] }: Props) {
  const catalog = useText()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const count = waiting > 0 ? `(${waiting}) ` : ''
    document.title = `${count}${visibleText(title)} · ${catalog.shell.product}`
  }, [title, catalog, waiting])
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true })
    isFirstPage = false
  }, [])
  const isFetching = queries.some((query) => query.isFetching)
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <div className={classes.line}>
          <h1 ref={heading} tabIndex={-1} className={classes.title}>
            <SafeText>{title}</SafeText>
          </h1>
          {badge}
        </div>
        {description && <div className={classes.description}>{description}</div>}
      </div>
      <div className={classes.tools}>
        <CallBehind />
        {queries.length > 0 && (
          <ActionIcon
            aria-label={catalog.parts.refresh}
            title={catalog.parts.refresh}
            aria-busy={isFetching}
            onClick={() => {
              for (const query of queries) void query.refetch()
            }}
          >
            <IconRefresh size={18} stroke={1.6} className={isFetching ? classes.turning : undefined} />
          </ActionIcon>
        )}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}
