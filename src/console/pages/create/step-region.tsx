import { useQuery } from '@tanstack/react-query'
import { openedRegionsQuery } from '../../api/queries.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { Choice, Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

export function RegionStep() {
  const text = useText().create
  const nameOf = useRegionName()
  const errorAt = useFieldError()
  const { form } = useDraft()
  const regions = useQuery(openedRegionsQuery())
  return (
    <Group title={text.steps.region} hint={text.regionHint} error={errorAt('regionId')}>
      <Loaded query={regions}>
        {(ids) => (
          <div className={classes.tiles}>
            {ids.map((id) => (
              <Choice
                key={id}
                name="region"
                value={id}
                isChosen={form.regionId === id}
                onChoose={() => changeForm({ regionId: id })}
                title={nameOf(id)}
                facts={[<code key="id">{id}</code>]}
              />
            ))}
          </div>
        )}
      </Loaded>
    </Group>
  )
}
