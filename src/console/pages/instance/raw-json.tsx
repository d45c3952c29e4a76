import { Button } from '@mantine/core'
import { useState } from 'react'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Section } from '../../parts/section.tsx'
import { visibleJson } from '../../parts/visible-json.ts'
import { useText } from '../../text/locale.ts'
import classes from './instance.module.css'

export function RawJson({ value }: { value: unknown }) {
  const text = useText().instance
  const [isOpen, setOpen] = useState(false)
  const json = visibleJson(JSON.stringify(value, null, 2))
  return (
    <Section
      title={text.raw}
      isWide
      actions={
        <span className={classes.copied}>
          <CopyButton text={json} what={text.raw} />
          <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? text.rawHide : text.rawShow}
          </Button>
        </span>
      }
    >
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys
        <pre className={classes.raw} tabIndex={0} dir="ltr">
          {json}
        </pre>
      )}
    </Section>
  )
}
