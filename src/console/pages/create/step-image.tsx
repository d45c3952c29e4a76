import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { imagesQuery } from '../../api/queries.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import classes from './create.module.css'
import { chosenImage } from './form.ts'
import { Choice, Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

const MOST_SHOWN = 60

export function ImageStep() {
  const catalog = useText()
  const text = catalog.create.images
  const format = useFormat()
  const errorAt = useFieldError()
  const { form } = useDraft()
  const [wanted, setWanted] = useState('')
  const [system, setSystem] = useState('')
  const [architecture, setArchitecture] = useState('')
  const [kind, setKind] = useState('')
  const images = useQuery(imagesQuery([form.regionId]))
  const needle = wanted.trim().toLowerCase()
  const all = images.data?.items ?? []
  const usable = all.filter(({ status }) => status === undefined || status === 'active')
  const systems = [...new Set(usable.map(({ __platform }) => __platform ?? ''))].filter(Boolean).sort()
  const shown = usable.filter(
    (image) =>
      `${image.name} ${image.id} ${image.__os_version ?? ''}`.toLowerCase().includes(needle) &&
      (system === '' || image.__platform === system) &&
      (kind === '' || image.__imagetype === kind) &&
      (architecture === '' || (image.__support_arm === 'true') === (architecture === 'arm')),
  )
  const kinds: Readonly<Record<string, string>> = text.kinds
  return (
    <Group title={catalog.create.steps.image} error={errorAt('image')}>
      <search className={classes.filters}>
        <TextInput
          type="search"
          label={text.search}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <NativeSelect
          label={text.system}
          data={[{ value: '', label: text.all }, ...systems]}
          value={system}
          onChange={(event) => setSystem(event.currentTarget.value)}
        />
        <NativeSelect
          label={text.architecture}
          data={[
            { value: '', label: text.all },
            { value: 'x86', label: 'x86' },
            { value: 'arm', label: 'Arm' },
          ]}
          value={architecture}
          onChange={(event) => setArchitecture(event.currentTarget.value)}
        />
        <NativeSelect
          label={text.owner}
          data={[
            { value: '', label: text.all },
            ...Object.entries(kinds).map(([value, label]) => ({ value, label })),
          ]}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
      </search>
      <Loaded query={images}>
        {(list) => (
          <>
            <CutList list={list} onRetry={() => void images.refetch()} />
            {shown.length === 0 && list.isWhole && <EmptyState title={text.none} hint={text.noneHint} />}
            <div className={classes.list}>
              {shown.slice(0, MOST_SHOWN).map((image) => (
                <Choice
                  key={image.id}
                  name="image"
                  value={image.id ?? ''}
                  isChosen={form.image?.id === image.id}
                  onChoose={() => changeForm({ image: chosenImage(image) })}
                  title={<SafeText>{image.name ?? image.id}</SafeText>}
                  facts={[
                    kinds[image.__imagetype ?? ''] ?? image.__imagetype,
                    image.__support_arm === 'true' ? 'Arm' : 'x86',
                    ...(image.min_disk ? [text.minDisk(format.gib(image.min_disk))] : []),
                  ]}
                />
              ))}
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
