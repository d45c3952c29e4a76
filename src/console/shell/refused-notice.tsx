import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { wordsFor } from '../parts/error-words.ts'
import { Notice } from '../parts/notice.tsx'
import { leave, refuse, useRefusal } from '../session/store.ts'
import { useText } from '../text/locale.ts'

/** Keys that were good are refused. The page stays as it was, and nothing is sent until somebody decides. */
export function RefusedNotice() {
  const catalog = useText()
  const text = catalog.errors
  const client = useQueryClient()
  const refusal = useRefusal()
  if (!refusal) return null
  const again = () => {
    refuse(undefined)
    void client.invalidateQueries()
  }
  return (
    <Notice tone="bad" title={text.refusedTitle} role="alert">
      <p>{wordsFor(refusal, text).text}</p>
      <p>{text.refusedHint}</p>
      <Group gap="xs" mt="xs">
        <Button size="xs" onClick={leave}>
          {text.signInAgain}
        </Button>
        <Button size="xs" variant="default" onClick={again}>
          {text.retry}
        </Button>
      </Group>
    </Notice>
  )
}
