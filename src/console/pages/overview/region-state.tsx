import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconLoader2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ApiError } from '../../api/error.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { wordsFor } from '../../parts/error-words.ts'
import { SafeText } from '../../parts/safe-text.tsx'
import { useCountdown } from '../../parts/use-countdown.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import classes from './overview.module.css'
import type { RegionRow } from './rows.ts'

const SLOW_AFTER_MS = 3_000

/** Whether a region has answered, lets one wait, or failed and why; what failed is asked again here, alone. */
export function RegionState({ row }: { row: RegionRow }) {
  const text = useText().overview
  const isSlow = useSlowness(row.isAsking)
  if (row.isAsking && isSlow)
    return (
      <span className={classes.state} data-tone="warn">
        <IconHourglass size={14} stroke={2} aria-hidden />
        {text.slow}
      </span>
    )
  if (row.isAsking && !row.tally)
    return (
      <span className={classes.state} data-tone="busy">
        <IconLoader2 size={14} stroke={2} aria-hidden className={classes.turning} />
        {text.asking}
      </span>
    )
  if (row.error) return <Failed row={row} error={row.error} />
  if (row.cut) return <Cut row={row} cut={row.cut} />
  return (
    <span className={classes.state} data-tone="good">
      <IconCircleCheck size={14} stroke={2} aria-hidden />
      {text.answeredOne}
    </span>
  )
}

function Failed({ row, error }: { row: RegionRow; error: ApiError }) {
  const catalog = useText()
  const words = wordsFor(error, catalog.errors)
  const left = useCountdown(waitOf(error), error, row.retry)
  const [idName, id] = error.upstreamRequestId
    ? [catalog.errors.upstreamRequestId, error.upstreamRequestId]
    : [catalog.errors.requestId, error.requestId]
  return (
    <div className={classes.failed}>
      <span className={classes.state} data-tone={words.tone}>
        <IconAlertTriangle size={14} stroke={2} aria-hidden />
        {words.title}
      </span>
      <Retry row={row} />
      <p className={classes.why}>
        <SafeText>{words.text}</SafeText>
        {row.tally && ` ${catalog.overview.older}`}
        {left !== undefined && ` ${catalog.errors.retryIn(String(left))}`}
      </p>
      {id && (
        <p className={classes.why}>
          {idName} <code>{id}</code> <CopyButton text={id} what={idName} />
        </p>
      )}
    </div>
  )
}

function Cut({ row, cut }: { row: RegionRow; cut: ApiError | 'too-many' }) {
  const { overview: text, parts } = useText()
  return (
    <div className={classes.failed}>
      <span className={classes.state} data-tone="warn">
        <IconAlertTriangle size={14} stroke={2} aria-hidden />
        {text.cut}
      </span>
      {cut !== 'too-many' && <Retry row={row} />}
      <p className={classes.why}>
        {cut === 'too-many' ? parts.cutTooMany : cut.isNetworkLost ? parts.cutBroke : cut.message}
      </p>
    </div>
  )
}

function Retry({ row }: { row: RegionRow }) {
  const text = useText()
  const region = useRegionName()(row.regionId)
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={text.overview.retryRegion(region)}
      onClick={row.retry}
    >
      {text.errors.retry}
    </Button>
  )
}

const LOST_S = 10

/** What passes by itself is tried again by itself. */
function waitOf(error: ApiError): number | undefined {
  if (error.isNetworkLost) return LOST_S
  return error.status === 429 ? Math.max(1, error.retryAfter ?? 5) : undefined
}

function useSlowness(isAsking: boolean): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (!isAsking) return
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isAsking])
  return isSlow
}
