import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useText } from '../text/locale.ts'

interface Props {
  isOpen: boolean
  title: string
  /** What will happen, and to what, by name. */
  children: ReactNode
  confirm: string
  isDangerous?: boolean
  isBusy?: boolean
  /** There is nothing that could be confirmed. */
  isOff?: boolean
  /** What must be typed first, such as a count. */
  word?: string | undefined
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before something is done. */
export function ConfirmDialog({ isOpen, title, onClose, ...rest }: Props) {
  const text = useText().parts
  useFocusBack()
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={<strong>{title}</strong>}
      centered
      closeButtonProps={{ 'aria-label': text.close }}
    >
      <Question onClose={onClose} {...rest} />
    </Modal>
  )
}

/** Mantine gives the focus back to a button only where the dialog outlives its closing; most of ours do not. */
function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
}

/** Inside the dialog, so that what was typed is gone when it is opened anew. */
function Question({
  children,
  confirm,
  isDangerous = false,
  isBusy = false,
  isOff = false,
  word,
  onConfirm,
  onClose,
}: Omit<Props, 'isOpen' | 'title'>) {
  const text = useText().parts
  const [typed, setTyped] = useState('')
  const isSure = !isOff && (word === undefined || typed.trim() === word)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isSure && !isBusy) onConfirm()
  }
  return (
    <form onSubmit={submit}>
      {children}
      {word !== undefined && (
        <TextInput
          mt="md"
          label={text.typeToConfirm(word)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {text.cancel}
        </Button>
        <Button type="submit" color={isDangerous ? 'red.9' : 'lake'} disabled={!isSure} loading={isBusy}>
          {confirm}
        </Button>
      </Group>
    </form>
  )
}
