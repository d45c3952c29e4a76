import { Button, VisuallyHidden } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Approval, approvalsQuery } from '../../api/approvals.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Section } from '../../parts/section.tsx'
import { leave, useSession } from '../../session/store.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './approvals.module.css'
import { Decided } from './decided.tsx'
import { useDecisions } from './use-decisions.ts'
import { Waiting } from './waiting.tsx'

export default function ApprovalsPage() {
  const text = useText().approvals
  const isToken = useSession()?.kind === 'token'
  const query = useQuery({ ...approvalsQuery(), enabled: !isToken })
  const count = query.data?.length ?? 0
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        waiting={count}
        queries={isToken ? [] : [query]}
      />
      {isToken ? (
        <Notice tone="info" title={text.tokenTitle} actions={<SignIn />}>
          <p>{text.token}</p>
        </Notice>
      ) : (
        <Loaded query={query}>
          {(waiting) => <List waiting={waiting} onLate={() => void query.refetch()} />}
        </Loaded>
      )}
    </>
  )
}

function SignIn() {
  return (
    <Button size="xs" onClick={leave}>
      {useText().approvals.signIn}
    </Button>
  )
}

function List({ waiting, onLate }: { waiting: readonly Approval[]; onLate: () => void }) {
  const text = useText().approvals
  const format = useFormat()
  const { ended, decide, busy, failureOf } = useDecisions(waiting)
  const whole = useRef<HTMLDivElement>(null)
  // Who has decided by keys goes on from here, since the button is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waits has changed
  useEffect(() => {
    if (ended.length > 0 && document.activeElement === document.body)
      whole.current?.focus({ preventScroll: true })
  }, [waiting])
  return (
    <div className={classes.sections} ref={whole} tabIndex={-1}>
      <VisuallyHidden role="status">
        {waiting.length > 0 && text.announce(format.number(waiting.length))}
      </VisuallyHidden>
      <Section title={text.waiting}>
        {waiting.length === 0 ? (
          <EmptyState icon={IconUserCheck} title={text.none} hint={<HowTo />} />
        ) : (
          <ul className={classes.list}>
            {waiting.map((approval) => (
              <Waiting
                key={approval.id}
                approval={approval}
                isBusy={busy === approval.id}
                failure={failureOf(approval)}
                onDecide={(decision) => decide(approval, decision)}
                onLate={onLate}
              />
            ))}
          </ul>
        )}
      </Section>
      <Decided ended={ended} />
    </div>
  )
}

function HowTo() {
  const text = useText().approvals
  return (
    <>
      <p>{text.noneHint}</p>
      <p>{text.connect}</p>
      <code>huawei-cloud-api token create --profile NAME --scope admin,mcp</code>
    </>
  )
}
