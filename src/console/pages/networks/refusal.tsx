import type { ApiError } from '../../api/error.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { refusalOf } from './refusal-of.ts'

interface Props {
  error: ApiError
  /** Fields of the form; what is said of others is listed here. */
  fields?: readonly string[]
}

/** Why Huawei Cloud did not do it, in its own words, with what one can do about the usual reasons. */
export function Refusal({ error, fields = [] }: Props) {
  const text = useText().networks
  const kind = refusalOf(error)
  const others = error.fieldViolations.filter(({ field }) => !fields.includes(field))
  if (kind === undefined) return <ErrorState error={error} isInline />
  if (kind === 'fields') {
    if (others.length === 0) return null
    return (
      <Notice tone="warn" title={text.refusals.fields} role="alert">
        {others.map(({ field, description }) => (
          <p key={field + description}>
            <code>{field}</code> {description}
          </p>
        ))}
      </Notice>
    )
  }
  return (
    <Notice tone="warn" title={text.refusals[kind]} role="alert">
      <p>
        <SafeText>{error.message}</SafeText>
      </p>
      {kind === 'inUse' && <p>{text.inUseHint}</p>}
      {kind === 'quota' && <p>{text.quotaHint}</p>}
      <p>
        <code>{error.reason}</code>
      </p>
    </Notice>
  )
}
