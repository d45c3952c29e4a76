import { Button } from '@mantine/core'
import { IconRotate } from '@tabler/icons-react'
import { useState } from 'react'
import { resetWorld } from '../../api/sandbox.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useText } from '../../text/locale.ts'
import { DoorError, useDoor } from './use-door.tsx'

export function Reset() {
  const text = useText().sandbox
  const [isOpen, setOpen] = useState(false)
  const door = useDoor(resetWorld, { everything: true, onDone: () => setOpen(false) })
  return (
    <>
      <Button
        color="red.9"
        leftSection={<IconRotate size={16} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {text.reset}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={text.resetTitle}
        confirm={text.reset}
        isDangerous
        isBusy={door.isPending}
        onConfirm={() => door.mutate(undefined)}
        onClose={() => {
          setOpen(false)
          door.reset()
        }}
      >
        <p>{text.resetHint}</p>
        <DoorError of={door} />
      </ConfirmDialog>
    </>
  )
}
