import { IconNetwork } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { asApiError } from '../../api/error.ts'
import type { Listed } from '../../api/list.ts'
import type { Subnet, Vpc } from '../../api/schema.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { textFilter } from '../../parts/table/filtered.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { DEFAULTS } from './address.ts'
import { keyOf, networkWords, withSubnets } from './facts.ts'
import { Some } from './some.tsx'
import { VpcCard } from './vpc-card.tsx'

interface Props {
  vpcs: UseQueryResult<Listed<Vpc>>
  subnets: UseQueryResult<Listed<Subnet>>
}

const search = textFilter(networkWords)

export function Vpcs({ vpcs, subnets }: Props) {
  const text = useText().networks
  const [state] = useSearchState(DEFAULTS)
  const q = useDeferredValue(state.q)
  const networks = useMemo(
    () => withSubnets(vpcs.data?.items ?? [], subnets.data?.items ?? []),
    [vpcs.data, subnets.data],
  )
  return (
    <Loaded query={vpcs}>
      {(list) => (
        <>
          <CutList list={list} onRetry={() => void vpcs.refetch()} />
          {subnets.error ? (
            <ErrorState error={asApiError(subnets.error)} onRetry={() => void subnets.refetch()} isInline />
          ) : (
            subnets.data?.cut && <CutList list={subnets.data} onRetry={() => void subnets.refetch()} />
          )}
          <Some
            all={networks}
            found={search(networks, q)}
            isWhole={list.isWhole}
            empty={<EmptyState icon={IconNetwork} title={text.noVpcs} hint={text.noVpcsHint} />}
          >
            {(network) => (
              <VpcCard
                key={keyOf(network)}
                network={network}
                areSubnetsKnown={knows(subnets.data, network.regionId)}
              />
            )}
          </Some>
        </>
      )}
    </Loaded>
  )
}

/** Whether a region's subnets have all come. */
const knows = (list: Listed<Subnet> | undefined, region: string): boolean =>
  list?.isWhole === true && !list.cut && !list.failures.some(({ regionId }) => regionId === region)
