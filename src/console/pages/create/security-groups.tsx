import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { securityGroupsQuery } from '../../api/queries.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

export function SecurityGroups() {
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
