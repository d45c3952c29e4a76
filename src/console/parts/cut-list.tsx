import { Button } from '@mantine/core'
import type { Listed } from '../api/list.ts'
import { useText } from '../text/locale.ts'
import { useFormat } from '../text/use-format.ts'
import { wordsFor } from './error-words.ts'
import { MoreFacts } from './more-facts.tsx'
import { Notice } from './notice.tsx'
import { SafeText } from './safe-text.tsx'
import { useRegionName } from './use-region-name.ts'

interface Props {
  list: Pick<Listed<unknown>, 'items' | 'failures' | 'cut'>
  onRetry: () => void
}

/** What is missing in a list: regions that failed, or everything behind the point where it was cut. */
export function CutList({ list, onRetry }: Props) {
  const catalog = useText()
  const format = useFormat()
  const nameOf = useRegionName()
  const { items, failures, cut } = list
  const text = catalog.parts
  const retry = (
    <Button size="xs" variant="subtle" onClick={onRetry}>
      {catalog.errors.retry}
    </Button>
  )
  return (
    <>
      {cut && (
        <Notice tone="warn" title={text.cut(format.number(items.length))} actions={retry} role="status">
          <p>
            {cut === 'too-many' ? (
              text.cutTooMany
            ) : cut.isNetworkLost ? (
              text.cutBroke
            ) : (
              <SafeText>{cut.message}</SafeText>
            )}
          </p>
          {cut !== 'too-many' && <MoreFacts error={cut} />}
        </Notice>
      )}
      {failures.length > 0 && (
        <Notice
          tone="warn"
          title={
            failures.length === 1
              ? catalog.errors.partialOne
              : catalog.errors.partial(format.number(failures.length))
          }
          actions={retry}
          role="status"
        >
          {failures.map(({ regionId, error }) => (
            <div key={regionId}>
              <p>
                {nameOf(regionId)}: {wordsFor(error, catalog.errors).title}
              </p>
              <MoreFacts error={error} />
            </div>
          ))}
        </Notice>
      )}
    </>
  )
}
