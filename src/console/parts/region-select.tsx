import '@mantine/core/styles/Radio.layer.css'
import { Checkbox, Radio, TextInput } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useRef, useState } from 'react'
import { asApiError } from '../api/error.ts'
import { openedRegionsQuery } from '../api/queries.ts'
import { useText } from '../text/locale.ts'
import { useFormat } from '../text/use-format.ts'
import { ErrorState } from './error-state.tsx'
import { LoadingState } from './loading-state.tsx'
import { MenuButton } from './menu-button.tsx'
import classes from './region-select.module.css'
import { useRegionName } from './use-region-name.ts'

interface Common {
  /** Where fewer than all that are open can be chosen. */
  regions?: readonly string[]
}

interface Many extends Common {
  /** None means all. */
  value: readonly string[]
  onChange: (regions: readonly string[]) => void
}

interface One extends Common {
  value: string
  onChange: (region: string) => void
}

/** One, several or all regions. */
export function RegionSelect({ value, onChange, regions }: Many) {
  const text = useText().parts
  const format = useFormat()
  const nameOf = useRegionName()
  const [first] = value
  const label =
    first === undefined
      ? text.allRegions
      : value.length === 1
        ? nameOf(first)
        : text.someRegions(format.number(value.length))
  return (
    <Choice label={label} name={text.regions} regions={regions}>
      {(shown, isSearching) => (
        <>
          {!isSearching && (
            <Checkbox
              className={classes.all}
              label={text.allRegions}
              description={text.allRegionsHint}
              checked={value.length === 0}
              onChange={() => onChange([])}
            />
          )}
          {shown.map((id) => (
            <Checkbox
              key={id}
              label={<RegionLabel id={id} />}
              checked={value.includes(id)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...value, id] : value.filter((one) => one !== id))
              }
            />
          ))}
        </>
      )}
    </Choice>
  )
}

/** Exactly one region. */
export function OneRegionSelect({ value, onChange, regions }: One) {
  const text = useText().parts
  const nameOf = useRegionName()
  const group = useId()
  return (
    <Choice label={value ? nameOf(value) : text.region} name={text.region} regions={regions}>
      {(shown, _, close) =>
        shown.map((id) => (
          <Radio
            key={id}
            name={group}
            label={<RegionLabel id={id} />}
            checked={value === id}
            onChange={() => {
              onChange(id)
              close()
            }}
          />
        ))
      }
    </Choice>
  )
}

function RegionLabel({ id }: { id: string }) {
  const nameOf = useRegionName()
  const name = nameOf(id)
  return (
    <>
      {name} {name !== id && <span className={classes.id}>{id}</span>}
    </>
  )
}

interface ChoiceProps {
  label: string
  name: string
  regions: readonly string[] | undefined
  children: (shown: readonly string[], isSearching: boolean, close: () => void) => ReactNode
}

function Choice({ label, name, regions, children }: ChoiceProps) {
  return (
    <MenuButton
      label={`${name}: ${label}`}
      icon={<IconMapPin size={16} stroke={1.6} aria-hidden />}
      width={320}
      menu={(close) => (
        <Found name={name} regions={regions} close={close}>
          {children}
        </Found>
      )}
    >
      {label}
    </MenuButton>
  )
}

type FoundProps = Omit<ChoiceProps, 'label'> & { close: () => void }

function Found({ name, regions, children, close }: FoundProps) {
  const text = useText().parts
  const nameOf = useRegionName()
  // Arrow keys choose on their way through, so they close nothing.
  const byKey = useRef(false)
  const [wanted, setWanted] = useState('')
  const opened = useQuery({ ...openedRegionsQuery(), enabled: regions === undefined })
  const needle = wanted.trim().toLowerCase()
  const shown = (regions ?? opened.data ?? []).filter((id) =>
    `${id} ${nameOf(id)}`.toLowerCase().includes(needle),
  )
  return (
    <>
      <TextInput
        aria-label={text.findRegion}
        placeholder={text.findRegion}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        mb="xs"
        data-autofocus
      />
      {opened.error && (
        <ErrorState error={asApiError(opened.error)} onRetry={() => void opened.refetch()} isInline />
      )}
      {opened.isLoading && <LoadingState rows={3} />}
      <fieldset
        className={classes.list}
        onKeyDown={() => {
          byKey.current = true
        }}
        onPointerDown={() => {
          byKey.current = false
        }}
      >
        <legend className={classes.legend}>{name}</legend>
        {children(shown, needle !== '', () => {
          if (!byKey.current) close()
        })}
      </fieldset>
    </>
  )
}
