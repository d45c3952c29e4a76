import { call } from '../../api/client.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { nameOf } from './facts.ts'
import classes from './networks.module.css'
import { Refusal } from './refusal.tsx'
import { useWrite } from './use-write.ts'

type Kind = 'vpc' | 'subnet' | 'group'

interface Doomed {
  id?: string
  regionId: string
  name?: string
  cidr?: string
  vpc_id?: string | null
}

interface Props {
  kind: Kind
  what: Doomed
  onClose: () => void
}

/** Names what is to go; a refusal stays in sight. */
export function Delete({ kind, what, onClose }: Props) {
  const text = useText().networks
  const regionName = useRegionName()
  const write = useWrite(() => remove(kind, what), onClose)
  return (
    <ConfirmDialog
      isOpen
      isDangerous
      title={text.deleteTitle[kind]}
      confirm={text.delete}
      isBusy={write.isBusy}
      onConfirm={() => write.mutate(undefined)}
      onClose={onClose}
    >
      <p className={classes.doomed}>
        <strong>
          <SafeText>{nameOf(what)}</SafeText>
        </strong>
        <span>{[what.cidr, regionName(what.regionId)].filter(Boolean).join(' · ')}</span>
        <code>{what.id}</code>
      </p>
      <p>{text.deleteHint[kind]}</p>
      {write.error && <Refusal error={write.error} />}
    </ConfirmDialog>
  )
}

function remove(kind: Kind, { id = '', regionId, vpc_id: vpcId }: Doomed): Promise<unknown> {
  if (kind === 'vpc') return call('deleteVpc', { path: { vpcId: id }, query: { regionId } })
  if (kind === 'group') {
    return call('deleteSecurityGroup', { path: { securityGroupId: id }, query: { regionId } })
  }
  return call('deleteSubnet', {
    path: { subnetId: id },
    query: { regionId, ...(vpcId ? { vpcId } : {}) },
  })
}
