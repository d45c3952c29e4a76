import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { World } from '../../api/sandbox.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Section } from '../../parts/section.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './sandbox.module.css'

const ByRegion = lazy(() => import('./by-region.tsx'))

/** What comes first, of the kinds that have a name in the texts. */
const FIRST = ['servers', 'volumes', 'images', 'vpcs', 'publicIps', 'runningJobs']

export function WorldSection({ query }: { query: UseQueryResult<World> }) {
  const text = useText().sandbox
  const format = useFormat()
  const [isByRegion, setByRegion] = useState(false)
  const names: Readonly<Record<string, string>> = text.kinds
  return (
    <Section
      title={text.world}
      hint={text.worldHint}
      isWide
      actions={
        <Button
          size="xs"
          variant="default"
          aria-expanded={isByRegion}
          onClick={() => setByRegion(!isByRegion)}
        >
          {isByRegion ? text.hideRegions : text.showRegions}
        </Button>
      }
    >
      <Loaded query={query} loading={<LoadingState rows={2} />}>
        {(world) => (
          <dl className={classes.kinds}>
            {kindsOf(world).map(([kind, count]) => (
              <div key={kind} data-first={FIRST.includes(kind) || undefined}>
                <dt>{names[kind] ?? kind}</dt>
                <dd>{format.number(count)}</dd>
              </div>
            ))}
          </dl>
        )}
      </Loaded>
      {isByRegion && (
        <Suspense fallback={<LoadingState rows={4} />}>
          <ByRegion />
        </Suspense>
      )}
    </Section>
  )
}

function kindsOf(world: World): (readonly [string, number])[] {
  const counts = Object.entries(world).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  )
  const place = ([kind]: readonly [string, number]) => FIRST.indexOf(kind) + 1 || FIRST.length + 1
  return counts.sort((a, b) => place(a) - place(b))
}
