import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Listed } from '../../api/list.ts'
import { SafeText } from '../../parts/safe-text.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { chargingWords } from './charging-words.ts'
import classes from './create.module.css'
import { useDraft } from './state.ts'
import type { Step } from './steps.ts'

export interface Line {
  step: Step
  name: string
  value: ReactNode
}

/** What was chosen, in the order of the steps. */
export function useLines(): readonly Line[] {
  const catalog = useText()
  const text = catalog.create
  const format = useFormat()
  const regionName = useRegionName()
  const named = useNames()
  const { form } = useDraft()
  const { image, type } = form
  const { review, network, disks } = text
  const disk = (kind: string, size: string) => `${kind} · ${format.gib(Number(size) || 0)}`
  const publicIp = {
    none: review.none,
    new: `${network.publicIps.new} · ${form.bandwidth} Mbit/s`,
    existing: form.publicIpId ? named('listPublicIps', form.publicIpId) : undefined,
  }[form.publicIp]
  const access =
    form.access === 'key'
      ? form.keyName && `${text.access.key}: ${form.keyName}`
      : form.password && `${text.access.password}: ${review.given}`
  return [
    { step: 'region', name: text.steps.region, value: form.regionId && regionName(form.regionId) },
    { step: 'image', name: text.steps.image, value: image && <SafeText>{image.name}</SafeText> },
    {
      step: 'type',
      name: text.steps.type,
      value:
        type && `${type.id} · ${text.types.count(format.number(type.vcpus))} · ${format.memory(type.ram)}`,
    },
    { step: 'type', name: text.types.zone, value: form.zone || text.types.anyZone },
    {
      step: 'network',
      name: text.network.vpc,
      value: form.vpcId && <SafeText>{named('listVpcs', form.vpcId)}</SafeText>,
    },
    {
      step: 'network',
      name: text.network.subnet,
      value: form.subnetId && <SafeText>{named('listSubnets', form.subnetId)}</SafeText>,
    },
    ...(form.ipv6 ? [{ step: 'network' as const, name: network.ipv6, value: review.yes }] : []),
    {
      step: 'network',
      name: network.groups,
      value:
        form.securityGroupIds.length > 0 ? (
          <SafeText>
            {format.list(form.securityGroupIds.map((id) => named('listSecurityGroups', id)))}
          </SafeText>
        ) : (
          review.auto
        ),
    },
    { step: 'network', name: network.publicIp, value: publicIp },
    { step: 'disks', name: disks.system, value: disk(form.rootType, form.rootSize) },
    {
      step: 'disks',
      name: disks.data,
      value:
        form.dataVolumes.length > 0
          ? form.dataVolumes.map(({ type: kind, size }) => disk(kind, size)).join(', ')
          : review.none,
    },
    { step: 'access', name: text.steps.access, value: access },
    { step: 'name', name: text.naming.name, value: form.name && <SafeText>{form.name}</SafeText> },
    { step: 'name', name: text.naming.count, value: form.count },
    { step: 'name', name: text.charging.title, value: chargingWords(form, text.charging) },
  ]
}

/** Names of what was chosen, from the lists that it was chosen from. */
function useNames() {
  const client = useQueryClient()
  const { form } = useDraft()
  return (operation: string, id: string): string => {
    type Named = { id?: string; name?: string; public_ip_address?: string | null }
    const list = client.getQueryData<Listed<Named>>([operation, form.regionId, {}])
    const one = list?.items.find((item) => item.id === id)
    return one?.name || one?.public_ip_address || id
  }
}

export function Summary() {
  const text = useText().create
  const lines = useLines()
  return (
    <dl className={classes.summary}>
      {lines.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-open={!value || undefined}>{value || text.notChosen}</dd>
        </div>
      ))}
    </dl>
  )
}
