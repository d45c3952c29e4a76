import '@mantine/core/styles/Tabs.layer.css'
import { Tabs, TextInput } from '@mantine/core'
import { IconNetwork, IconSearch, IconShieldLock, IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import {
  instancesQuery,
  publicIpsQuery,
  securityGroupsQuery,
  subnetsQuery,
  vpcsQuery,
} from '../../api/queries.ts'
import { PageHeader } from '../../parts/page-header.tsx'
import { RegionSelect } from '../../parts/region-select.tsx'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { DEFAULTS, SHOWN, shownOf } from './address.ts'
import { Create } from './create.tsx'
import { Groups } from './groups.tsx'
import classes from './networks.module.css'
import { PublicIps } from './public-ips.tsx'
import { Vpcs } from './vpcs.tsx'

const ICONS = { vpcs: IconNetwork, groups: IconShieldLock, ips: IconWorld }

export default function NetworksPage() {
  const text = useText().networks
  const [state, change] = useSearchState(DEFAULTS)
  const { regions } = state
  const shown = shownOf(state.show)
  const when = (one: typeof shown) => ({ enabled: shown === one })
  const vpcs = useQuery({ ...vpcsQuery(regions), ...when('vpcs') })
  const subnets = useQuery({ ...subnetsQuery(regions), ...when('vpcs') })
  const groups = useQuery({ ...securityGroupsQuery(regions), ...when('groups') })
  const ips = useQuery({ ...publicIpsQuery(regions), ...when('ips') })
  const instances = useQuery({ ...instancesQuery(regions), ...when('ips') })
  const queries = { vpcs: [vpcs, subnets], groups: [groups], ips: [ips, instances] }[shown]
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        queries={queries}
        actions={shown !== 'ips' && <Create key={shown} what={shown} regions={regions} />}
      />
      <search className={classes.toolbar}>
        <RegionSelect value={regions} onChange={(chosen) => change({ regions: chosen })} />
        <TextInput
          type="search"
          className={classes.search ?? ''}
          aria-label={text.search[shown]}
          placeholder={text.search[shown]}
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={state.q}
          onChange={(event) => change({ q: event.currentTarget.value })}
        />
      </search>
      <Tabs value={shown} onChange={(show) => change({ show: show ?? 'vpcs', q: '' })} keepMounted={false}>
        <Tabs.List className={classes.tabs ?? ''}>
          {SHOWN.map((one) => {
            const Icon = ICONS[one]
            return (
              <Tabs.Tab key={one} value={one} leftSection={<Icon size={16} stroke={1.6} aria-hidden />}>
                {text.tabs[one]}
              </Tabs.Tab>
            )
          })}
        </Tabs.List>
        <Tabs.Panel value="vpcs">
          <Vpcs vpcs={vpcs} subnets={subnets} />
        </Tabs.Panel>
        <Tabs.Panel value="groups">
          <Groups query={groups} />
        </Tabs.Panel>
        <Tabs.Panel value="ips">
          <PublicIps query={ips} instances={instances.data?.items} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
