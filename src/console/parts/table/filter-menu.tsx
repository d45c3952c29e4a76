import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { MenuButton } from '../menu-button.tsx'
import { SafeText } from '../safe-text.tsx'
import { choicesOf, type Facet } from './facets.ts'
import classes from './filter-menu.module.css'

interface Props<T> {
  facet: Facet<T>
  /** Whose values there are to choose from. */
  rows: readonly T[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

const SEARCH_FROM = 9
const MOST = 200

/** Some of the values that the rows of the moment have. */
export function FilterMenu<T>(props: Props<T>) {
  const { facet, chosen } = props
  const text = useText().parts.filters
  const format = useFormat()
  const [first] = chosen
  const label =
    first === undefined
      ? text.all(facet.name)
      : chosen.length === 1
        ? text.one(facet.name, labelOf(facet, first))
        : text.many(facet.name, format.number(chosen.length))
  return (
    <MenuButton width={290} isNarrowed={chosen.length > 0} menu={() => <Choice {...props} />}>
      <SafeText>{label}</SafeText>
    </MenuButton>
  )
}

function Choice<T>({ facet, rows, chosen, onChange }: Props<T>) {
  const text = useText().parts.filters
  const format = useFormat()
  const [wanted, setWanted] = useState('')
  const options = choicesOf(facet, rows, chosen)
  const needle = wanted.trim().toLowerCase()
  const found = options.filter(({ value }) =>
    `${value} ${labelOf(facet, value)}`.toLowerCase().includes(needle),
  )
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
        <legend className={classes.legend}>{facet.name}</legend>
        {found.slice(0, MOST).map(({ value, count }) => (
          <Checkbox
            key={value}
            label={
              <>
                <SafeText>{labelOf(facet, value)}</SafeText>{' '}
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

const labelOf = <T,>(facet: Facet<T>, value: string): string => facet.labelOf?.(value) ?? value
