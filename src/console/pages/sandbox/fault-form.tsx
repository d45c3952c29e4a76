import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { regionsQuery } from '../../api/queries.ts'
import { addFault } from '../../api/sandbox.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import {
  type FaultField,
  type FaultForm as Form,
  faultBody,
  NO_FAULT,
  PRESETS,
  TROUBLES,
} from './fault-body.ts'
import classes from './sandbox.module.css'
import { DoorError, useDoor } from './use-door.tsx'

/** Those that one reaches for first; any other operation can be typed. */
const PLACES = [
  '*',
  'ecs',
  'ims',
  'vpc',
  'evs',
  'iam',
  'ecs.ListServersDetails',
  'ecs.ShowServer',
  'ecs.CreateServers',
  'ecs.DeleteServers',
  'ecs.BatchStartServers',
  'ecs.BatchStopServers',
  'ecs.BatchRebootServers',
  'ecs.ListFlavors',
  'ecs.ShowJob',
  'ims.GlanceListImages',
  'vpc.ListVpcs',
  'vpc.ListSubnets',
]

export function FaultForm() {
  const text = useText().sandbox
  const regionName = useRegionName()
  const regions = useQuery(regionsQuery())
  const places = useId()
  const [form, setForm] = useState<Form>(NO_FAULT)
  const [wrong, setWrong] = useState<readonly FaultField[]>([])
  const door = useDoor(addFault, { onDone: () => setForm(NO_FAULT) })
  const change = (patch: Partial<Form>) => {
    setForm({ ...form, ...patch })
    setWrong([])
    door.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const outcome = faultBody(form)
    if ('wrong' in outcome) setWrong(outcome.wrong)
    else door.mutate(outcome.body)
  }
  const field = (name: Exclude<FaultField, 'phase' | 'trouble' | 'region'>) => ({
    label: text.fault[name],
    value: form[name],
    error: wrong.includes(name) && text.faultWrong[name as keyof typeof text.faultWrong],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })
  return (
    <form onSubmit={submit} className={classes.stack} noValidate>
      <fieldset className={classes.row}>
        <legend>{text.presets}</legend>
        {Object.entries(PRESETS).map(([name, preset]) => (
          <Button
            key={name}
            size="xs"
            variant="default"
            onClick={() => change({ ...NO_FAULT, on: form.on, region: form.region, ...preset })}
          >
            {text.preset[name as keyof typeof PRESETS]}
          </Button>
        ))}
      </fieldset>
      <div className={classes.fields}>
        <TextInput list={places} spellCheck={false} description={text.onHint} {...field('on')} />
        <datalist id={places}>
          {PLACES.map((place) => (
            <option key={place} value={place} />
          ))}
        </datalist>
        <NativeSelect
          label={text.fault.region}
          description={text.regionHint}
          value={form.region}
          onChange={(event) => change({ region: event.currentTarget.value })}
        >
          <option value="">{text.everywhere}</option>
          {regions.data?.map((id) => (
            <option key={id} value={id}>
              {regionName(id)}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          label={text.fault.trouble}
          value={form.trouble}
          onChange={(event) => change({ trouble: event.currentTarget.value as Form['trouble'] })}
        >
          {TROUBLES.map((trouble) => (
            <option key={trouble} value={trouble}>
              {text.troubles[trouble]}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          label={text.fault.phase}
          value={form.phase}
          onChange={(event) => change({ phase: event.currentTarget.value as Form['phase'] })}
        >
          <option value="before">{text.before}</option>
          <option value="after">{text.after}</option>
        </NativeSelect>
        {form.trouble === 'delay' && <TextInput type="number" {...field('delay')} />}
        {form.trouble === 'refuse' && (
          <>
            <TextInput type="number" {...field('status')} />
            <TextInput spellCheck={false} placeholder="Common.1503" {...field('code')} />
            <TextInput {...field('message')} />
            <TextInput type="number" {...field('retryAfter')} />
          </>
        )}
        <TextInput type="number" placeholder={text.always} {...field('times')} />
        <TextInput type="number" placeholder="1" step="any" {...field('chance')} />
      </div>
      <DoorError of={door} />
      <div>
        <Button type="submit" loading={door.isPending}>
          {text.plant}
        </Button>
      </div>
    </form>
  )
}
