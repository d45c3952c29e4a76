import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { instanceTypesQuery, zonesQuery } from '../../api/queries.ts'
import { isToBeHad } from '../../facts/sale.ts'
import { Notice } from '../../parts/notice.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { ChoiceList } from './choice-list.tsx'
import { chosenType, fits } from './chosen.ts'
import classes from './create.module.css'
import { NO_FILTER, offered, saleOf } from './offered.ts'
import { OneOf } from './one-of.tsx'
import { Choice, Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

export function TypeStep() {
  const catalog = useText()
  const text = catalog.create.types
  const words: Readonly<Record<string, string>> = catalog.instanceTypes.sales
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
  const sizes = (of: (type: (typeof all)[number]) => number, labelOf: (size: number) => string) =>
    [...new Set(fitting.map(of))]
      .sort((a, b) => a - b)
      .map((size) => ({ value: `${size}`, label: labelOf(size) }))
  const oneOf = (of: 'vcpus' | 'memory' | 'family') => ({
    none: catalog.create.images.all,
    value: filter[of],
    onChange: (value: string) => setFilter({ ...filter, [of]: value }),
  })
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
        <OneOf label={text.vcpus} options={sizes(({ vcpus }) => vcpus, format.number)} {...oneOf('vcpus')} />
        <OneOf
          label={text.memory}
          options={sizes(({ ram }) => ram / 1_024, format.gib)}
          {...oneOf('memory')}
        />
        <OneOf
          label={text.family}
          options={[...new Set(fitting.map(({ family }) => family))].sort()}
          {...oneOf('family')}
        />
        <OneOf
          label={text.zone}
          none={text.anyZone}
          options={zones}
          value={form.zone}
          error={errorAt('zone')}
          onChange={(zone) => changeForm({ zone })}
        />
      </search>
      {isGone && form.type && <Notice tone="warn" title={text.goneHere(form.type.id)} role="status" />}
      <ChoiceList query={flavors} shown={shown} none={text.none} noneHint={text.noneHint}>
        {(type) => {
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
                ...(sale === 'normal' ? [] : [<em key="sale">{words[sale] ?? sale}</em>]),
              ]}
            />
          )
        }}
      </ChoiceList>
    </Group>
  )
}
