import '@mantine/core/styles/Popover.layer.css'
import { Button, Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './menu-button.module.css'

interface Props {
  children: ReactNode
  /** What the button is called, where that is more than what it shows. */
  label?: string
  icon?: ReactNode
  /** Something other than all is chosen. */
  isNarrowed?: boolean
  width: number
  menu: (close: () => void) => ReactNode
}

/** A button that unfolds something to choose from. */
export function MenuButton({ children, label, icon, isNarrowed, width, menu }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      width={width}
    >
      <Popover.Target>
        <Button
          variant="default"
          className={classes.button ?? ''}
          data-narrowed={isNarrowed || undefined}
          leftSection={icon}
          rightSection={<IconChevronDown size={15} stroke={1.6} aria-hidden />}
          aria-label={label}
          onClick={() => setOpen(!isOpen)}
        >
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">{menu(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  )
}
