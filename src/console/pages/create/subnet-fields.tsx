import { Checkbox, TextInput } from '@mantine/core'
import type { Subnet } from '../../api/schema.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { OneOf } from './one-of.tsx'
import { useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

/** The subnet, and what addresses the instance has in it. */
export function SubnetFields({ subnets }: { subnets: readonly Subnet[] }) {
  const text = useText().create.network
  const format = useFormat()
  const errorAt = useFieldError()
  const { form } = useDraft()
  const chosen = subnets.find(({ id }) => id === form.subnetId)
  const isOne = !(Number(form.count) > 1)
  const free = chosen?.available_ip_address_count
  const said = chosen?.status === 'UNKNOWN' ? text.settling : free != null && text.free(format.number(free))
  return (
    <>
      <OneOf
        label={text.subnet}
        none={text.choose}
        required
        disabled={!form.vpcId}
        options={subnets.map(({ id = '', name, cidr = '' }) => ({
          value: id,
          label: `${name || id} · ${cidr}`,
        }))}
        value={form.subnetId}
        error={errorAt('subnetId')}
        description={said || undefined}
        onChange={(subnetId) => changeForm({ subnetId })}
      />
      <TextInput
        label={text.address}
        description={isOne ? text.addressHint : text.addressOne}
        disabled={!isOne}
        value={form.ipAddress}
        error={errorAt('ipAddress', true)}
        autoComplete="off"
        onChange={(event) => changeForm({ ipAddress: event.currentTarget.value })}
      />
      {chosen?.ipv6_enable && (
        <Checkbox
          label={text.ipv6}
          description={chosen.cidr_v6}
          checked={form.ipv6}
          error={errorAt('ipv6')}
          onChange={(event) => changeForm({ ipv6: event.currentTarget.checked })}
        />
      )}
    </>
  )
}
