import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useText } from '../text/locale.ts'

/** Copies a text; `what` names it to those who cannot see what stands beside. */
export function CopyButton({ text: copied, what }: { text: string; what?: string }) {
  const text = useText().parts
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => setDone(false), 1_500)
    return () => clearTimeout(timer)
  }, [isDone])
  const label = what ? text.copyWhat(what) : text.copy
  return (
    <ActionIcon
      size="sm"
      aria-label={isDone ? text.copied : label}
      title={label}
      onClick={() => void copy(copied).then(() => setDone(true))}
    >
      {isDone ? <IconCheck size={15} /> : <IconCopy size={15} stroke={1.6} />}
    </ActionIcon>
  )
}

/** Pages that came over plain HTTP from another machine have no clipboard of their own; they use the old way. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
