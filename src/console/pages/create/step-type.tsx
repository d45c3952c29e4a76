import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { instanceTypesQuery, zonesQuery } from '../../api/queries.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './create.module.css'
import { fits } from './form.ts'
import { Choice, Group, useFieldError } from './parts.tsx'
import { chosenType, familyOf, isToBeHad, NO_FILTER, offered, saleOf } from './sales.ts'
import { changeForm, useDraft } from './state.ts'

const MOST_SHOWN = 80

export function TypeStep() {
  const catalog = useText()
  const text = catalog.create.types
  const format = useFormat()
  const errorAt = useFieldError()
  const { form } = useDraft()
  const [filter, setFilter] = useState(NO_FILTER)
  const flavors = useQuery(instanceTypesQuery([form.regionId]))
  const zonesAsked = useQuery(zonesQuery([form.regionId]))
  const zones = useMemo(
    () => (zonesAsked.data?.items ?? []).flatMap(({ zoneName }) => zoneName ?? []),
    [zonesAsked.data],
  )
  const all = useMemo(() => (flavors.data?.items ?? []).map(chosenType), [flavors.data])
  const fitting = useMemo(() => all.filter((type) => fits(form.image, type)), [all, form.image])
  const shown = useMemo(
    () => offered(all, form.image, filter, form.zone, zones),
    [all, form.image, filter, form.zone, zones],
  )
  const numbers = (of: (type: (typeof all)[number]) => number) =>
    [...new Set(fitting.map(of))].sort((a, b) => a - b)
  const any = { value: '', label: catalog.create.images.all }
  const isGone = form.type && !isToBeHad(saleOf(form.type, form.zone, zones))
  return (
    <Group title={catalog.create.steps.type} error={errorAt('type')}>
      <search className={classes.filters}>
        <TextInput
          type="search"
          label={text.search}
          value={filter.wanted}
          onChange={(event) => setFilter({ ...filter, wanted: event.currentTarget.value })}
        />
        <NativeSelect
          label={text.vcpus}
          data={[
            any,
            ...numbers(({ vcpus }) => vcpus).map((count) => ({
              value: `${count}`,
              label: format.number(count),
            })),
          ]}
          value={filter.vcpus}
          onChange={(event) => setFilter({ ...filter, vcpus: event.currentTarget.value })}
        />
        <NativeSelect
          label={text.memory}
          data={[
            any,
            ...numbers(({ ram }) => ram / 1_024).map((gib) => ({ value: `${gib}`, label: format.gib(gib) })),
          ]}
          value={filter.memory}
          onChange={(event) => setFilter({ ...filter, memory: event.currentTarget.value })}
        />
        <NativeSelect
          label={text.family}
          data={[any, ...[...new Set(fitting.map(({ id }) => familyOf(id)))].sort()]}
          value={filter.family}
          onChange={(event) => setFilter({ ...filter, family: event.currentTarget.value })}
        />
        <NativeSelect
          label={text.zone}
          data={[{ value: '', label: text.anyZone }, ...zones]}
          value={form.zone}
          error={errorAt('zone')}
          onChange={(event) => changeForm({ zone: event.currentTarget.value })}
        />
      </search>
      {isGone && form.type && <Notice tone="warn" title={text.goneHere(form.type.id)} role="status" />}
      <Loaded query={flavors}>
        {(list) => (
          <>
            <CutList list={list} onRetry={() => void flavors.refetch()} />
            {shown.length === 0 && list.isWhole && <EmptyState title={text.none} hint={text.noneHint} />}
            <div className={classes.list}>
              {shown.slice(0, MOST_SHOWN).map((type) => {
                const sale = saleOf(type, form.zone, zones)
                return (
                  <Choice
                    key={type.id}
                    name="type"
                    value={type.id}
                    isChosen={form.type?.id === type.id}
                    isDisabled={!isToBeHad(sale)}
                    onChoose={() => changeForm({ type })}
                    title={type.id}
                    facts={[
                      text.count(format.number(type.vcpus)),
                      format.memory(type.ram),
                      type.isArm ? 'Arm' : 'x86',
                      ...(sale === 'normal' ? [] : [<em key="sale">{text.sales[sale]}</em>]),
                    ]}
                  />
                )
              })}
            </div>
            {shown.length > MOST_SHOWN && (
              <p className={classes.hint}>{catalog.create.more(format.number(shown.length - MOST_SHOWN))}</p>
            )}
          </>
        )}
      </Loaded>
    </Group>
  )
}
