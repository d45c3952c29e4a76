import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { publicIpsQuery } from '../../api/queries.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import type { Form } from './form.ts'
import { OneOf } from './one-of.tsx'
import { Choice, Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

const WAYS = ['none', 'new', 'existing'] as const satisfies readonly Form['publicIp'][]

export function PublicIp() {
  const text = useText().create.network
  const errorAt = useFieldError()
  const { form } = useDraft()
  return (
    <Group title={text.publicIp} error={errorAt('publicIp')}>
      <div className={classes.tiles}>
        {WAYS.map((way) => (
          <Choice
            key={way}
            name="public-ip"
            value={way}
            isChosen={form.publicIp === way}
            onChoose={() => changeForm({ publicIp: way })}
            title={text.publicIps[way]}
            facts={[]}
          />
        ))}
      </div>
      {form.publicIp === 'new' && (
        <div className={classes.fields}>
          <NativeSelect
            label={text.publicIpType}
            data={Object.entries(text.lines).map(([value, label]) => ({ value, label }))}
            value={form.publicIpType}
            error={errorAt('publicIpType')}
            onChange={(event) => changeForm({ publicIpType: event.currentTarget.value })}
          />
          <TextInput
            type="number"
            min={1}
            max={2_000}
            label={text.bandwidth}
            value={form.bandwidth}
            error={errorAt('bandwidth', true)}
            onChange={(event) => changeForm({ bandwidth: event.currentTarget.value })}
          />
          <NativeSelect
            label={text.chargeMode}
            data={Object.entries(text.chargeModes).map(([value, label]) => ({ value, label }))}
            value={form.chargeMode}
            error={errorAt('chargeMode')}
            onChange={({ currentTarget: { value } }) =>
              changeForm({ chargeMode: value === 'bandwidth' ? 'bandwidth' : 'traffic' })
            }
          />
        </div>
      )}
      {form.publicIp === 'existing' && <Existing />}
    </Group>
  )
}

function Existing() {
  const text = useText().create.network
  const errorAt = useFieldError()
  const { form } = useDraft()
  const addresses = useQuery(publicIpsQuery([form.regionId]))
  return (
    <Loaded query={addresses}>
      {({ items }) => {
        const free = items.filter(({ status }) => status === 'DOWN')
        if (free.length === 0) return <p className={classes.hint}>{text.noneFree}</p>
        return (
          <div className={classes.fields}>
            <OneOf
              label={text.existing}
              none={text.choose}
              options={free.map(({ id = '', public_ip_address: address }) => ({
                value: id,
                label: address ?? id,
              }))}
              value={form.publicIpId}
              error={errorAt('publicIpId')}
              onChange={(publicIpId) => changeForm({ publicIpId })}
            />
          </div>
        )
      }}
    </Loaded>
  )
}
