import { IconShieldLock } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Listed } from '../../api/list.ts'
import type { SecurityGroup } from '../../api/schema.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { textFilter } from '../../parts/table/filtered.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { DEFAULTS } from './address.ts'
import { groupWords, keyOf, nameOf } from './facts.ts'
import { GroupCard } from './group-card.tsx'
import { Some } from './some.tsx'

const search = textFilter(groupWords)

export function Groups({ query }: { query: UseQueryResult<Listed<SecurityGroup>> }) {
  const text = useText().networks
  const [state] = useSearchState(DEFAULTS)
  const q = useDeferredValue(state.q)
  const names = useMemo(
    () => new Map(query.data?.items.map((group) => [group.id, nameOf(group)])),
    [query.data],
  )
  return (
    <Loaded query={query}>
      {(list) => (
        <>
          <CutList list={list} onRetry={() => void query.refetch()} />
          <Some
            all={list.items}
            found={search(list.items, q)}
            isWhole={list.isWhole}
            empty={<EmptyState icon={IconShieldLock} title={text.noGroups} hint={text.noGroupsHint} />}
          >
            {(group) => (
              <GroupCard key={keyOf(group)} group={group} groupName={(id) => names.get(id) ?? id} />
            )}
          </Some>
        </>
      )}
    </Loaded>
  )
}
