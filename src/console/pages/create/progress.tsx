import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { resultsOf } from '../../api/job-results.ts'
import type { Result } from '../../api/schema.ts'
import { useJob } from '../../api/use-job.ts'
import { ErrorFacts } from '../../parts/error-facts.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './create.module.css'
import { PrivateKey } from './private-key.tsx'
import { lookAnew } from './send.ts'
import { Servers } from './servers.tsx'
import { type Sending, startAnew, useDraft } from './state.ts'
import { hrefOf } from './stepper.tsx'

type Sent = Extract<Sending, { state: 'sent' }>

/** The job that makes the servers, as it goes, and what became of each. */
export function Progress({ sent }: { sent: Sent }) {
  const catalog = useText()
  const text = catalog.create.progress
  const format = useFormat()
  const [, go] = useLocation()
  const { privateKey } = useDraft()
  const { jobId, orderId, body, serverIds } = sent
  // Such a job waits until somebody has paid, which may be days.
  const isUnpaid = body.charging?.mode === 'prePaid' && body.charging.autoPay !== true
  const { job, by, error } = useJob(
    jobId && !isUnpaid ? { jobId, regionId: body.regionId, service: 'ecs' } : undefined,
  )
  const results: readonly Result[] = job
    ? resultsOf(job, serverIds)
    : serverIds.map((id) => ({ id, ok: null }))
  const failed = results.filter(({ ok }) => ok === false).length
  const ended = results.filter(({ ok }) => ok !== null).length
  const isOver = by === 'ended'
  const all = Math.max(results.length, body.count ?? 1)
  useEffect(() => {
    if (isOver) lookAnew()
  }, [isOver])
  const title = isUnpaid
    ? text.unpaid
    : failed > 0
      ? text.failed(format.number(failed), format.number(all))
      : isOver
        ? text.done
        : text.running
  return (
    <section className={classes.group} aria-label={text.title(body.name)}>
      <Notice
        tone={failed > 0 ? 'bad' : isUnpaid ? 'warn' : isOver ? 'good' : 'info'}
        title={title}
        role="status"
      >
        {jobId && (
          <p>
            {text.job} <code>{jobId}</code>
          </p>
        )}
        {orderId && (
          <p>
            {text.order} <code>{orderId}</code>
          </p>
        )}
        {isUnpaid && <p>{text.unpaidHint}</p>}
        {job?.status === 'FAIL' && results.length === 0 && (
          <p>
            <code>{job.error_code}</code> <SafeText>{job.fail_reason}</SafeText>
          </p>
        )}
      </Notice>
      {by === 'lost' && (
        <Notice tone="warn" title={text.lost}>
          {error && <ErrorFacts error={error} />}
        </Notice>
      )}
      {privateKey && <PrivateKey {...privateKey} />}
      {!isUnpaid && <progress className={classes.progress} max={all} value={ended} aria-label={title} />}
      {results.length > 0 && <Servers results={results} body={body} />}
      <div className={classes.buttons}>
        <Button component={Link} href={`/instances?regions=${body.regionId}`}>
          {text.list}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            startAnew()
            go(hrefOf('region'))
          }}
        >
          {text.another}
        </Button>
      </div>
    </section>
  )
}
