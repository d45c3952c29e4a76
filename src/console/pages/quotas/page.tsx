import { Checkbox } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { openedRegionsQuery, quotasQuery } from '../../api/queries.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { OneRegionSelect } from '../../parts/region-select.tsx'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import classes from './quotas.module.css'
import { ServiceQuotas } from './service-quotas.tsx'
import { Summary } from './summary.tsx'
import { SERVICES } from './usage.ts'

const DEFAULTS = { region: '', all: false }

export default function QuotasPage() {
  const text = useText().quotas
  const [state, change] = useSearchState(DEFAULTS)
  const opened = useQuery(openedRegionsQuery())
  const region = state.region || opened.data?.[0] || ''
  const queries = useQueries({
    queries: SERVICES.map((service) => ({ ...quotasQuery(region, service), enabled: region !== '' })),
  })
  return (
    <>
      <PageHeader title={text.title} description={text.description} queries={queries} />
      <div className={classes.toolbar}>
        <OneRegionSelect value={region} onChange={(chosen) => change({ region: chosen })} />
        <Checkbox
          label={text.all}
          checked={state.all}
          onChange={(event) => change({ all: event.currentTarget.checked })}
        />
      </div>
      <Loaded query={opened}>
        {() => (
          <>
            <Summary answers={queries.map(({ data }) => data)} />
            <div className={classes.columns}>
              {SERVICES.map((service, index) => {
                const query = queries[index]
                return (
                  query && (
                    <ServiceQuotas key={service} service={service} query={query} withIdle={state.all} />
                  )
                )
              })}
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}
