import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { instancesQuery } from '../../api/queries.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { DEFAULTS } from './address.ts'
import { Listing } from './listing.tsx'

export default function InstancesPage() {
  const text = useText().instances
  const [{ regions }] = useSearchState(DEFAULTS)
  const query = useQuery(instancesQuery(regions))
  const create = (
    <Button component={Link} href="/instances/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {text.create}
    </Button>
  )
  return (
    <>
      <PageHeader title={text.title} description={text.description} queries={[query]} actions={create} />
      <Loaded query={query}>
        {(list) => (
          <>
            <CutList list={list} onRetry={() => void query.refetch()} />
            <Listing
              list={list}
              empty={<EmptyState title={text.none} hint={text.noneHint} action={create} />}
            />
          </>
        )}
      </Loaded>
    </>
  )
}
