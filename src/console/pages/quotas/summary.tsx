import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { levelOf, type QuotaAnswer, usagesOf } from './usage.ts'

/** Whether anything needs a look, before all the numbers. */
export function Summary({ answers }: { answers: readonly (QuotaAnswer | undefined)[] }) {
  const text = useText().quotas
  const format = useFormat()
  const levels = answers.flatMap((answer) => (answer ? usagesOf(answer).map(levelOf) : []))
  const full = levels.filter((level) => level === 'full').length
  const near = levels.filter((level) => level === 'near').length
  if (full + near > 0) {
    return (
      <Notice
        tone={full > 0 ? 'bad' : 'warn'}
        title={text.summary(format.number(full), format.number(near))}
        role="status"
      >
        <p>{text.raise}</p>
      </Notice>
    )
  }
  if (answers.includes(undefined)) return null
  return <Notice tone="good" title={text.allFine} role="status" />
}
