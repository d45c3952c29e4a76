import type { UseQueryResult } from '@tanstack/react-query'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Section } from '../../parts/section.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './quotas.module.css'
import { byFullness, isIdle, type QuotaAnswer, type Service, usagesOf } from './usage.ts'
import { UsageRow } from './usage-row.tsx'

interface Props {
  service: Service
  query: UseQueryResult<QuotaAnswer>
  /** Also what is neither limited nor used. */
  withIdle: boolean
}

export function ServiceQuotas({ service, query, withIdle }: Props) {
  const text = useText().quotas
  const format = useFormat()
  return (
    <Section title={text.services[service]}>
      <Loaded query={query} loading={<LoadingState rows={4} />}>
        {(answer) => {
          const usages = usagesOf(answer)
          const shown = usages.filter((usage) => withIdle || !isIdle(usage)).sort(byFullness)
          const left = usages.length - shown.length
          if (usages.length === 0) return <EmptyState title={text.none} />
          return (
            <>
              <ul className={classes.list}>
                {shown.map((usage) => (
                  <UsageRow key={usage.kind} usage={usage} />
                ))}
              </ul>
              {left > 0 && <p className={classes.hint}>{text.hidden(format.number(left))}</p>}
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
