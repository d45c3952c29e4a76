import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Tooltip.layer.css'
import { ActionIcon, Button, Checkbox, Popover, Stack, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '../../text/locale.ts'
import type { Column } from './column.ts'
import classes from './table.module.css'
import { isShown } from './use-rows.ts'

interface Props<T> {
  columns: readonly Column<T>[]
  /** None means those that are shown at first. */
  shown: readonly string[]
  onChange: (shown: readonly string[]) => void
}

/** Which columns of a table are shown. */
export function ColumnChoice<T>({ columns, shown, onChange }: Props<T>) {
  const text = useText().parts
  const [isOpen, setOpen] = useState(false)
  const now = columns.filter((column) => isShown(column, shown)).map(({ id }) => id)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={text.columns} disabled={isOpen}>
          <ActionIcon variant="default" size={36} aria-label={text.columns} onClick={() => setOpen(!isOpen)}>
            <IconColumns3 size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={9} className={classes.choices ?? ''}>
          {columns.map(({ id, header, isName }) => (
            <Checkbox
              key={id}
              label={header}
              checked={now.includes(id)}
              disabled={isName === true}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...now, id] : now.filter((one) => one !== id))
              }
            />
          ))}
          <Button size="xs" variant="subtle" onClick={() => onChange([])}>
            {text.resetColumns}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
