import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { securityGroupsQuery, subnetsQuery, vpcsQuery } from '../../api/queries.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './create.module.css'
import { NewNetwork } from './new-network.tsx'
import { Group, useFieldError } from './parts.tsx'
import { PublicIp } from './public-ip.tsx'
import { changeForm, useDraft } from './state.ts'

const SETTLE_MS = 1_500

export function NetworkStep() {
  const catalog = useText()
  const text = catalog.create.network
  const format = useFormat()
  const errorAt = useFieldError()
  const { form } = useDraft()
  const [isMaking, setMaking] = useState(false)
  const { regionId } = form
  const vpcs = useQuery(vpcsQuery([regionId]))
  const subnets = useQuery({
    ...subnetsQuery([regionId]),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ id, status }) => id === form.subnetId && status === 'UNKNOWN')
        ? SETTLE_MS
        : false,
  })
  const inVpc = (subnets.data?.items ?? []).filter(({ vpc_id: vpcId }) => vpcId === form.vpcId)
  const chosen = inVpc.find(({ id }) => id === form.subnetId)
  const isEmpty = vpcs.data?.isWhole === true && vpcs.data.items.length === 0
  const choose = { value: '', label: text.choose }
  return (
    <>
      <Group title={catalog.create.steps.network}>
        <Loaded query={vpcs}>
          {(list) => (
            <>
              <CutList list={list} onRetry={() => void vpcs.refetch()} />
              {isEmpty && (
                <Notice tone="info" title={text.none}>
                  <p>{text.noneHint}</p>
                </Notice>
              )}
              {!isEmpty && (
                <div className={classes.fields}>
                  <NativeSelect
                    label={text.vpc}
                    required
                    data={[
                      choose,
                      ...list.items.map(({ id = '', name, cidr = '' }) => ({
                        value: id,
                        label: `${name || id} · ${cidr}`,
                      })),
                    ]}
                    value={form.vpcId}
                    error={errorAt('vpcId')}
                    onChange={(event) => changeForm({ vpcId: event.currentTarget.value })}
                  />
                  <NativeSelect
                    label={text.subnet}
                    required
                    disabled={!form.vpcId}
                    data={[
                      choose,
                      ...inVpc.map(({ id = '', name, cidr = '' }) => ({
                        value: id,
                        label: `${name || id} · ${cidr}`,
                      })),
                    ]}
                    value={form.subnetId}
                    error={errorAt('subnetId')}
                    description={
                      chosen?.status === 'UNKNOWN'
                        ? text.settling
                        : chosen?.available_ip_address_count != null
                          ? text.free(format.number(chosen.available_ip_address_count))
                          : undefined
                    }
                    onChange={(event) => changeForm({ subnetId: event.currentTarget.value })}
                  />
                  <TextInput
                    label={text.address}
                    description={Number(form.count) > 1 ? text.addressOne : text.addressHint}
                    disabled={Number(form.count) > 1}
                    value={form.ipAddress}
                    error={errorAt('ipAddress', true)}
                    autoComplete="off"
                    onChange={(event) => changeForm({ ipAddress: event.currentTarget.value })}
                  />
                </div>
              )}
              {!isEmpty && form.vpcId && inVpc.length === 0 && subnets.data?.isWhole && !isMaking && (
                <>
                  <p className={classes.hint}>{text.noSubnet}</p>
                  <NewNetwork
                    key={form.vpcId}
                    regionId={regionId}
                    vpcId={form.vpcId}
                    onMade={() => undefined}
                  />
                </>
              )}
              {!isEmpty && !isMaking && (
                <Button variant="subtle" size="xs" mt="xs" onClick={() => setMaking(true)}>
                  {text.makeNew}
                </Button>
              )}
              {(isEmpty || isMaking) && <NewNetwork regionId={regionId} onMade={() => setMaking(false)} />}
            </>
          )}
        </Loaded>
      </Group>
      <SecurityGroups />
      <PublicIp />
    </>
  )
}

function SecurityGroups() {
  const text = useText().create.network
  const errorAt = useFieldError()
  const { form } = useDraft()
  const groups = useQuery(securityGroupsQuery([form.regionId]))
  const { securityGroupIds: ids } = form
  return (
    <Group title={text.groups} hint={text.groupsHint} error={errorAt('securityGroupIds')}>
      <Loaded query={groups}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.hint}>{text.noGroups}</p>
          ) : (
            <div className={classes.checks}>
              {items.map(({ id = '', name, description }) => (
                <Checkbox
                  key={id}
                  label={<SafeText>{name || id}</SafeText>}
                  description={description ? <SafeText>{description}</SafeText> : undefined}
                  checked={ids.includes(id)}
                  onChange={(event) =>
                    changeForm({
                      securityGroupIds: event.currentTarget.checked
                        ? [...ids, id]
                        : ids.filter((one) => one !== id),
                    })
                  }
                />
              ))}
            </div>
          )
        }
      </Loaded>
    </Group>
  )
}
