import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { Regional } from '../../api/list.ts'
import type { Subnet } from '../../api/schema.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import panel from '../../parts/panel.module.css'
import { SafeText } from '../../parts/safe-text.tsx'
import small from '../../parts/small-table.module.css'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { CreateSubnet } from './create-subnet.tsx'
import { Delete } from './delete.tsx'
import { type Network, nameOf, subnetStatus, vpcStatus } from './facts.ts'
import classes from './networks.module.css'

interface Props {
  network: Network
  areSubnetsKnown: boolean
}

export function VpcCard({ network, areSubnetsKnown }: Props) {
  const text = useText().networks
  const regionName = useRegionName()
  const id = useId()
  const [asked, setAsked] = useState<'subnet' | 'delete'>()
  const [doomed, setDoomed] = useState<Regional<Subnet>>()
  const { regionId, subnets } = network
  const name = nameOf(network)
  return (
    <section className={`${panel.panel} ${classes.card}`} aria-labelledby={id}>
      <div className={classes.head}>
        <div className={classes.title}>
          <h2 id={id}>
            <SafeText>{name}</SafeText>
          </h2>
          <code>{network.cidr}</code>
          <StatusBadge status={vpcStatus(network)} />
        </div>
        <div className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={15} stroke={1.7} aria-hidden />}
            aria-label={text.addSubnetTo(name)}
            onClick={() => setAsked('subnet')}
          >
            {text.addSubnet}
          </Button>
          <ActionIcon
            aria-label={text.deleteNamed(name)}
            title={text.deleteNamed(name)}
            onClick={() => setAsked('delete')}
          >
            <IconTrash size={17} stroke={1.6} aria-hidden />
          </ActionIcon>
        </div>
      </div>
      <p className={classes.facts}>
        {regionName(regionId)} · <code>{network.id}</code>
        <CopyButton text={network.id ?? ''} what={text.id} />
        {network.description && (
          <>
            {' · '}
            <SafeText>{network.description}</SafeText>
          </>
        )}
      </p>
      {subnets.length > 0 ? (
        <Subnets subnets={subnets} label={text.subnetsOf(name)} onDelete={setDoomed} />
      ) : (
        <p className={classes.none}>{areSubnetsKnown ? text.noSubnets : text.subnetsUnknown}</p>
      )}
      {asked === 'subnet' && <CreateSubnet network={network} onClose={() => setAsked(undefined)} />}
      {asked === 'delete' && <Delete kind="vpc" what={network} onClose={() => setAsked(undefined)} />}
      {doomed && <Delete kind="subnet" what={doomed} onClose={() => setDoomed(undefined)} />}
    </section>
  )
}

interface SubnetsProps {
  subnets: readonly Regional<Subnet>[]
  label: string
  onDelete: (subnet: Regional<Subnet>) => void
}

function Subnets({ subnets, label, onDelete }: SubnetsProps) {
  const text = useText().networks
  const format = useFormat()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys where it is wider than the page
    <section className={small.box} tabIndex={0} aria-label={label}>
      <table className={small.table}>
        <thead>
          <tr>
            <th scope="col">{text.subnet}</th>
            <th scope="col">{text.range}</th>
            <th scope="col">{text.gateway}</th>
            <th scope="col" className={small.number}>
              {text.free}
            </th>
            <th scope="col">{text.status}</th>
            <th scope="col" aria-label={text.actions} />
          </tr>
        </thead>
        <tbody>
          {subnets.map((subnet) => (
            <tr key={subnet.id}>
              <td>
                <SafeText>{nameOf(subnet)}</SafeText>
              </td>
              <td>
                <code>{subnet.cidr}</code>
                {subnet.cidr_v6 && <code className={classes.second}>{subnet.cidr_v6}</code>}
              </td>
              <td>
                <code>{subnet.gateway_ip}</code>
              </td>
              <td className={small.number}>
                {subnet.available_ip_address_count == null
                  ? text.notTold
                  : format.number(subnet.available_ip_address_count)}
              </td>
              <td>
                <StatusBadge status={subnetStatus(subnet)} />
              </td>
              <td className={small.end}>
                <ActionIcon
                  aria-label={text.deleteNamed(nameOf(subnet))}
                  title={text.deleteNamed(nameOf(subnet))}
                  onClick={() => onDelete(subnet)}
                >
                  <IconTrash size={17} stroke={1.6} aria-hidden />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
