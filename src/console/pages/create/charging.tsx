import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { Choice, Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

const MODES = ['postPaid', 'prePaid', 'spot'] as const

/** How the instances are paid for. */
export function Charging() {
  const text = useText().create.charging
  const errorAt = useFieldError()
  const { form } = useDraft()
  return (
    <Group title={text.title} error={errorAt('charging')}>
      <div className={classes.tiles}>
        {MODES.map((mode) => (
          <Choice
            key={mode}
            name="charging"
            value={mode}
            isChosen={form.charging === mode}
            onChoose={() => changeForm({ charging: mode })}
            title={text.modes[mode]}
            facts={[text.hints[mode]]}
          />
        ))}
      </div>
      {form.charging === 'prePaid' && <Period />}
      {form.charging === 'spot' && (
        <div className={classes.fields}>
          <TextInput
            label={text.spotPrice}
            description={text.spotPriceHint}
            inputMode="decimal"
            value={form.spotPrice}
            error={errorAt('spotPrice', true)}
            autoComplete="off"
            onChange={(event) => changeForm({ spotPrice: event.currentTarget.value })}
          />
        </div>
      )}
    </Group>
  )
}

function Period() {
  const text = useText().create.charging
  const errorAt = useFieldError()
  const { form } = useDraft()
  return (
    <div className={classes.fields}>
      <TextInput
        type="number"
        min={1}
        max={form.periodType === 'year' ? 3 : 9}
        label={text.periodNum}
        value={form.periodNum}
        error={errorAt('periodNum', true)}
        onChange={(event) => changeForm({ periodNum: event.currentTarget.value })}
      />
      <NativeSelect
        label={text.periodType}
        data={Object.entries(text.periodTypes).map(([value, label]) => ({ value, label }))}
        value={form.periodType}
        error={errorAt('periodType')}
        onChange={({ currentTarget: { value } }) =>
          changeForm({ periodType: value === 'year' ? 'year' : 'month' })
        }
      />
      <Checkbox
        label={text.autoRenew}
        checked={form.autoRenew}
        error={errorAt('autoRenew')}
        onChange={(event) => changeForm({ autoRenew: event.currentTarget.checked })}
      />
      <Checkbox
        label={text.autoPay}
        description={text.autoPayHint}
        checked={form.autoPay}
        error={errorAt('autoPay')}
        onChange={(event) => changeForm({ autoPay: event.currentTarget.checked })}
      />
    </div>
  )
}
