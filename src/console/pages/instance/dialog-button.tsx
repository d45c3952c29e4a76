import { Button, Tooltip } from '@mantine/core'
import '@mantine/core/styles/Tooltip.layer.css'
import { type ReactNode, useState } from 'react'

interface Props {
  name: string
  icon: ReactNode
  /** Why it can not be done now. */
  off?: string | undefined
  children: (close: () => void) => ReactNode
}

/** A button that opens a dialog; switched off it stays in the order of keys and says why. */
export function DialogButton({ name, icon, off, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Tooltip label={off} disabled={off === undefined} multiline maw={320}>
        <Button
          size="xs"
          variant="default"
          leftSection={icon}
          {...(off === undefined ? {} : { 'data-disabled': true })}
          aria-disabled={off !== undefined}
          aria-description={off}
          onClick={() => {
            if (off === undefined) setOpen(true)
          }}
        >
          {name}
        </Button>
      </Tooltip>
      {isOpen && children(() => setOpen(false))}
    </>
  )
}
