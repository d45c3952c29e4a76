import { Checkbox, TextInput } from '@mantine/core'
import { useText } from '../../text/locale.ts'
import type { Bounds } from './facts.ts'
import classes from './instance-types.module.css'

interface Props {
  state: Bounds & { withdrawn: boolean }
  onChange: (patch: Partial<Props['state']>) => void
}

const BOUNDS = ['vcpusFrom', 'vcpusTo', 'memoryFrom', 'memoryTo'] as const

export function Narrowing({ state, onChange }: Props) {
  const text = useText().instanceTypes
  return (
    <div className={classes.bounds}>
      {BOUNDS.map((name) => (
        <TextInput
          key={name}
          type="number"
          min={0}
          className={classes.bound ?? ''}
          label={text[name]}
          value={state[name]}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
      <Checkbox
        label={text.withdrawn}
        checked={state.withdrawn}
        onChange={(event) => onChange({ withdrawn: event.currentTarget.checked })}
      />
    </div>
  )
}
