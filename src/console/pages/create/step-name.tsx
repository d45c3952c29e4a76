import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useText } from '../../text/locale.ts'
import { Charging } from './charging.tsx'
import classes from './create.module.css'
import type { Tag } from './form.ts'
import { Group, useFieldError } from './parts.tsx'
import { changeForm, useDraft } from './state.ts'

const MOST_TAGS = 10

export function NameStep() {
  const catalog = useText().create
  const text = catalog.naming
  const errorAt = useFieldError()
  const { form } = useDraft()
  const { tags } = form
  const change = (at: number, patch: Partial<Tag>) =>
    changeForm({ tags: tags.map((tag, index) => (index === at ? { ...tag, ...patch } : tag)) })
  return (
    <>
      <Group title={catalog.steps.name}>
        <div className={classes.fields}>
          <TextInput
            label={text.name}
            description={text.nameHint}
            required
            value={form.name}
            error={errorAt('name', form.name !== '')}
            autoComplete="off"
            onChange={(event) => changeForm({ name: event.currentTarget.value })}
          />
          <TextInput
            type="number"
            min={1}
            max={500}
            label={text.count}
            required
            value={form.count}
            error={errorAt('count', true)}
            onChange={(event) => changeForm({ count: event.currentTarget.value })}
          />
          <TextInput
            label={text.description}
            value={form.description}
            error={errorAt('description')}
            autoComplete="off"
            onChange={(event) => changeForm({ description: event.currentTarget.value })}
          />
        </div>
      </Group>
      <Charging />
      <Group title={text.tags} error={errorAt('tags', true)}>
        {tags.map((tag, at) => {
          const number = String(at + 1)
          return (
            <div key={number} className={classes.row}>
              <TextInput
                aria-label={text.key(number)}
                placeholder={text.key(number)}
                value={tag.key}
                onChange={(event) => change(at, { key: event.currentTarget.value })}
              />
              <TextInput
                aria-label={text.value(number)}
                placeholder={text.value(number)}
                value={tag.value}
                onChange={(event) => change(at, { value: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={text.removeTag(number)}
                onClick={() => changeForm({ tags: tags.filter((_, index) => index !== at) })}
              >
                <IconTrash size={17} stroke={1.6} />
              </ActionIcon>
            </div>
          )
        })}
        {tags.length < MOST_TAGS && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => changeForm({ tags: [...tags, { key: '', value: '' }] })}
          >
            {text.addTag}
          </Button>
        )}
      </Group>
    </>
  )
}
