import '@mantine/core/styles/Popover.layer.css'
import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import type { Option } from './filters.ts'
import classes from './instances.module.css'

interface Props {
  name: string
  /** Worked out when the menu is opened. */
  options: () => readonly Option[]
  labelOf: (value: string) => string
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

const SEARCH_FROM = 9
const MOST = 200

/** Some of the values that the instances of the moment have. */
export function FilterMenu({ name, options, labelOf, chosen, onChange }: Props) {
  const text = useText().instances.filters
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const [first] = chosen
  const label =
    first === undefined
      ? text.all(name)
      : chosen.length === 1
        ? text.one(name, labelOf(first))
        : text.many(name, format.number(chosen.length))
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
      width={290}
    >
      <Popover.Target>
        <Button
          variant="default"
          className={classes.filter ?? ''}
          data-chosen={chosen.length > 0 || undefined}
          rightSection={<IconChevronDown size={15} stroke={1.6} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          <SafeText>{label}</SafeText>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        {isOpen && (
          <Choice name={name} options={options()} labelOf={labelOf} chosen={chosen} onChange={onChange} />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

function Choice({
  name,
  options,
  labelOf,
  chosen,
  onChange,
}: Omit<Props, 'options'> & { options: readonly Option[] }) {
  const text = useText().instances.filters
  const format = useFormat()
  const [wanted, setWanted] = useState('')
  const needle = wanted.trim().toLowerCase()
  const found = options.filter(({ value }) => `${value} ${labelOf(value)}`.toLowerCase().includes(needle))
  return (
    <>
      {options.length >= SEARCH_FROM && (
        <TextInput
          aria-label={text.find}
          placeholder={text.find}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          mb="xs"
          data-autofocus
        />
      )}
      <fieldset className={classes.options}>
        <legend className={classes.legend}>{name}</legend>
        {found.slice(0, MOST).map(({ value, count }) => (
          <Checkbox
            key={value}
            label={
              <>
                <SafeText>{labelOf(value)}</SafeText>{' '}
                <span className={classes.count}>{format.number(count)}</span>
              </>
            }
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value),
              )
            }
          />
        ))}
        {found.length > MOST && <p className={classes.most}>{text.most(format.number(MOST))}</p>}
      </fieldset>
      {chosen.length > 0 && (
        <Button size="compact-xs" variant="subtle" mt="xs" onClick={() => onChange([])}>
          {text.clear}
        </Button>
      )}
    </>
  )
}
