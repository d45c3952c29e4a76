import { NativeSelect, type NativeSelectProps } from '@mantine/core'

type Option = string | { value: string; label: string; disabled?: boolean }

interface Props extends Pick<NativeSelectProps, 'label' | 'error' | 'description' | 'required' | 'disabled'> {
  /** What it says while none is chosen: that all are meant, or that one is to be chosen. */
  none: string
  options: readonly Option[]
  value: string
  onChange: (value: string) => void
}

/** One of several, or none. */
export function OneOf({ none, options, onChange, ...rest }: Props) {
  return (
    <NativeSelect
      {...rest}
      data={[{ value: '', label: none }, ...options]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
