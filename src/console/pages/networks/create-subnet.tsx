import { TextInput } from '@mantine/core'
import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { freeRange, gatewayOf } from './cidr.ts'
import { type Network, nameOf } from './facts.ts'
import { wrongInSubnet } from './forms.ts'
import classes from './networks.module.css'
import { Refusal } from './refusal.tsx'
import { useForm } from './use-form.ts'

interface Props {
  network: Network
  onClose: () => void
}

const FIELDS = ['name', 'cidr', 'gatewayIp']

export function CreateSubnet({ network, onClose }: Props) {
  const text = useText().networks
  const { cidr: vpcCidr = '', regionId, id: vpcId = '' } = network
  const taken = network.subnets.flatMap(({ cidr }) => cidr ?? [])
  const { form, change, field, submit, error, isBusy } = useForm({
    begin: () => {
      const cidr = freeRange(vpcCidr, taken)
      return { name: '', cidr, gatewayIp: gatewayOf(cidr) }
    },
    wrongIn: (given) => wrongInSubnet(given, vpcCidr, taken),
    write: (given) => call('createSubnet', { body: { regionId, vpcId, ...given } }),
    onDone: onClose,
  })
  // The gateway follows the range until somebody writes another one.
  const changeRange = (cidr: string) =>
    change(form.gatewayIp === gatewayOf(form.cidr) ? { cidr, gatewayIp: gatewayOf(cidr) } : { cidr })
  return (
    <ConfirmDialog
      isOpen
      title={text.addSubnet}
      confirm={text.createIt}
      isBusy={isBusy}
      onClose={onClose}
      onConfirm={submit}
    >
      <div className={classes.form}>
        <p className={classes.doomed}>
          <strong>
            <SafeText>{nameOf(network)}</SafeText>
          </strong>
          <code>{vpcCidr}</code>
        </p>
        {error && <Refusal error={error} fields={FIELDS} />}
        <TextInput {...field('name')} description={text.nameHint} maxLength={64} required data-autofocus />
        <TextInput
          {...field('cidr')}
          description={text.subnetRangeHint(vpcCidr)}
          required
          onChange={(event) => changeRange(event.currentTarget.value)}
        />
        <TextInput {...field('gatewayIp')} description={text.gatewayHint} required />
      </div>
    </ConfirmDialog>
  )
}
