import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { freeRange, gatewayOf } from './cidr.ts'
import { type Network, nameOf } from './facts.ts'
import { type SubnetForm, type Wrong, wrongInSubnet } from './forms.ts'
import classes from './networks.module.css'
import { Refusal } from './refusal.tsx'
import { useWrite } from './use-write.ts'

interface Props {
  network: Network
  onClose: () => void
}

const FIELDS = ['name', 'cidr', 'gatewayIp']

export function CreateSubnet({ network, onClose }: Props) {
  const text = useText().networks
  const { cidr: vpcCidr = '', regionId, id: vpcId = '' } = network
  const taken = network.subnets.flatMap(({ cidr }) => cidr ?? [])
  const [form, setForm] = useState<SubnetForm>(() => {
    const cidr = freeRange(vpcCidr, taken)
    return { name: '', cidr, gatewayIp: gatewayOf(cidr) }
  })
  const [wrong, setWrong] = useState<Partial<Record<keyof SubnetForm, Wrong>>>({})
  const write = useWrite(
    () =>
      call('createSubnet', {
        body: {
          regionId,
          vpcId,
          name: form.name.trim(),
          cidr: form.cidr.trim(),
          gatewayIp: form.gatewayIp.trim(),
        },
      }),
    onClose,
  )
  const change = (patch: Partial<SubnetForm>) => {
    setForm({ ...form, ...patch })
    setWrong({})
    write.reset()
  }
  // The gateway follows the range until somebody writes another one.
  const changeRange = (cidr: string) =>
    change(form.gatewayIp === gatewayOf(form.cidr) ? { cidr, gatewayIp: gatewayOf(cidr) } : { cidr })
  const field = (of: keyof SubnetForm) => ({
    label: text.fields[of],
    value: form[of],
    error: wrong[of] ? text.wrong[wrong[of]] : write.saidOf(of),
    autoComplete: 'off',
    spellCheck: false,
    required: true,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      of === 'cidr' ? changeRange(value) : change({ [of]: value }),
  })
  return (
    <ConfirmDialog
      isOpen
      title={text.addSubnet}
      confirm={text.createIt}
      isBusy={write.isBusy}
      onClose={onClose}
      onConfirm={() => {
        const found = wrongInSubnet(form, vpcCidr, taken)
        setWrong(found)
        if (Object.keys(found).length === 0) write.mutate(undefined)
      }}
    >
      <div className={classes.form}>
        <p className={classes.doomed}>
          <strong>
            <SafeText>{nameOf(network)}</SafeText>
          </strong>
          <code>{vpcCidr}</code>
        </p>
        {write.error && <Refusal error={write.error} fields={FIELDS} />}
        <TextInput {...field('name')} description={text.nameHint} maxLength={64} data-autofocus />
        <TextInput {...field('cidr')} description={text.subnetRangeHint(vpcCidr)} />
        <TextInput {...field('gatewayIp')} description={text.gatewayHint} />
      </div>
    </ConfirmDialog>
  )
}
