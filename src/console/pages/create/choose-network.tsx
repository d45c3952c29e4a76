import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { subnetsQuery, vpcsQuery } from '../../api/queries.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { NewNetwork } from './new-network.tsx'
import { OneOf } from './one-of.tsx'
import { Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'
import { SubnetFields } from './subnet-fields.tsx'

const SETTLE_MS = 1_500

/** A VPC and a subnet of it, or new ones, made without leaving the form. */
export function ChooseNetwork() {
  const catalog = useText()
  const text = catalog.create.network
  const errorAt = useFieldError()
  const { form } = useDraft()
  const [isMaking, setMaking] = useState(false)
  const { regionId, vpcId } = form
  const vpcs = useQuery(vpcsQuery([regionId]))
  const subnets = useQuery({
    ...subnetsQuery([regionId]),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ id, status }) => id === form.subnetId && status === 'UNKNOWN')
        ? SETTLE_MS
        : false,
  })
  const inVpc = (subnets.data?.items ?? []).filter((subnet) => subnet.vpc_id === vpcId)
  const hasNoSubnet = vpcId !== '' && inVpc.length === 0 && subnets.data?.isWhole === true
  return (
    <Group title={catalog.create.steps.network}>
      <Loaded query={vpcs}>
        {(list) => {
          const isEmpty = list.isWhole && list.items.length === 0
          if (isEmpty)
            return (
              <>
                <Notice tone="info" title={text.none}>
                  <p>{text.noneHint}</p>
                </Notice>
                <NewNetwork regionId={regionId} onMade={() => setMaking(false)} />
              </>
            )
          return (
            <>
              <CutList list={list} onRetry={() => void vpcs.refetch()} />
              <div className={classes.fields}>
                <OneOf
                  label={text.vpc}
                  none={text.choose}
                  required
                  options={list.items.map(({ id = '', name, cidr = '' }) => ({
                    value: id,
                    label: `${name || id} · ${cidr}`,
                  }))}
                  value={vpcId}
                  error={errorAt('vpcId')}
                  onChange={(chosen) => changeForm({ vpcId: chosen })}
                />
                <SubnetFields subnets={inVpc} />
              </div>
              {hasNoSubnet && !isMaking && (
                <>
                  <p className={classes.hint}>{text.noSubnet}</p>
                  <NewNetwork key={vpcId} regionId={regionId} vpcId={vpcId} onMade={() => undefined} />
                </>
              )}
              {isMaking ? (
                <NewNetwork regionId={regionId} onMade={() => setMaking(false)} />
              ) : (
                <Button variant="subtle" size="xs" mt="xs" onClick={() => setMaking(true)}>
                  {text.makeNew}
                </Button>
              )}
            </>
          )
        }}
      </Loaded>
    </Group>
  )
}
