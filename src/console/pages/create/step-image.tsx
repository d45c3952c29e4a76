import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { imagesQuery } from '../../api/queries.ts'
import { architectureOfImage } from '../../facts/architecture.ts'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { ChoiceList } from './choice-list.tsx'
import { chosenImage } from './chosen.ts'
import classes from './create.module.css'
import { OneOf } from './one-of.tsx'
import { Choice, Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

const NO_FILTER = { wanted: '', system: '', architecture: '', kind: '' }

export function ImageStep() {
  const catalog = useText()
  const text = catalog.create.images
  const format = useFormat()
  const errorAt = useFieldError()
  const { form } = useDraft()
  const [filter, setFilter] = useState(NO_FILTER)
  const { wanted, system, architecture, kind } = filter
  const images = useQuery(imagesQuery([form.regionId]))
  const needle = wanted.trim().toLowerCase()
  const usable = (images.data?.items ?? []).filter(
    ({ status }) => status === undefined || status === 'active',
  )
  const systems = [...new Set(usable.map(({ __platform }) => __platform ?? ''))].filter(Boolean).sort()
  const shown = usable.filter(
    (image) =>
      `${image.name} ${image.id} ${image.__os_version ?? ''}`.toLowerCase().includes(needle) &&
      (system === '' || image.__platform === system) &&
      (kind === '' || image.__imagetype === kind) &&
      (architecture === '' || architectureOfImage(image) === architecture),
  )
  const kinds: Readonly<Record<string, string>> = text.kinds
  const kindNames = Object.entries(kinds).map(([value, label]) => ({ value, label }))
  const oneOf = (of: 'system' | 'architecture' | 'kind') => ({
    none: text.all,
    value: filter[of],
    onChange: (value: string) => setFilter({ ...filter, [of]: value }),
  })
  return (
    <Group title={catalog.create.steps.image} error={errorAt('image')}>
      <search className={classes.filters}>
        <TextInput
          type="search"
          label={text.search}
          value={wanted}
          onChange={(event) => setFilter({ ...filter, wanted: event.currentTarget.value })}
        />
        <OneOf label={text.system} options={systems} {...oneOf('system')} />
        <OneOf label={text.architecture} options={['x86', 'Arm']} {...oneOf('architecture')} />
        <OneOf label={text.owner} options={kindNames} {...oneOf('kind')} />
      </search>
      <ChoiceList query={images} shown={shown} none={text.none} noneHint={text.noneHint}>
        {(image) => (
          <Choice
            key={image.id}
            name="image"
            value={image.id ?? ''}
            isChosen={form.image?.id === image.id}
            onChoose={() => changeForm({ image: chosenImage(image) })}
            title={<SafeText>{image.name ?? image.id}</SafeText>}
            facts={[
              kinds[image.__imagetype ?? ''] ?? image.__imagetype,
              architectureOfImage(image),
              ...(image.min_disk ? [text.minDisk(format.gib(image.min_disk))] : []),
            ]}
          />
        )}
      </ChoiceList>
    </Group>
  )
}
