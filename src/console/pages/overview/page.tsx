import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { instancesQuery, openedRegionsQuery } from '../../api/queries.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useText } from '../../text/locale.ts'
import { Regions } from './regions.tsx'
import { rowOf } from './rows.ts'

const NO_REGIONS: readonly string[] = []

/** Each region is asked by itself, so that a slow one holds up nobody else. */
export default function OverviewPage() {
  const text = useText().overview
  const opened = useQuery(openedRegionsQuery())
  const ids = opened.data ?? NO_REGIONS
  const queries = useQueries({ queries: ids.map((id) => instancesQuery([id])) })
  const rows = ids.flatMap((id, index) => {
    const query = queries[index]
    return query ? rowOf(id, query) : []
  })
  const create = (
    <Button component={Link} href="/instances/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {text.create}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        queries={[opened, ...queries]}
        actions={create}
      />
      <Loaded query={opened}>
        {({ length }) =>
          length === 0 ? (
            <EmptyState title={text.noRegions} hint={text.noRegionsHint} />
          ) : (
            <Regions rows={rows} create={create} />
          )
        }
      </Loaded>
    </>
  )
}
