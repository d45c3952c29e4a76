import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { asApiError } from '../../api/error.ts'
import { instanceTagsQuery } from '../../api/queries.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { SafeText } from '../../parts/safe-text.tsx'
import { Section } from '../../parts/section.tsx'
import { visibleText } from '../../parts/visible-text.ts'
import { useText } from '../../text/locale.ts'
import classes from './instance.module.css'

interface Of {
  regionId: string
  instanceId: string
}

type Tag = { key?: string; value?: string }

export function Tags(of: Of) {
  const text = useText().instance
  const tags = useQuery(instanceTagsQuery(of.regionId, of.instanceId))
  const [edited, setEdited] = useState<Tag>()
  const [removed, setRemoved] = useState<string>()
  return (
    <Section
      title={text.tags}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => setEdited({})}
        >
          {text.addTag}
        </Button>
      }
    >
      <Loaded query={tags} loading={<LoadingState rows={2} />}>
        {(all) =>
          all.length === 0 ? (
            <p className={classes.none}>{text.noTags}</p>
          ) : (
            <ul className={classes.tags}>
              {all.map(({ key = '', value = '' }) => (
                <li key={key}>
                  <span className={classes.tag}>
                    <strong>
                      <SafeText>{key}</SafeText>
                    </strong>
                    <SafeText>{value}</SafeText>
                  </span>
                  <ActionIcon
                    size="sm"
                    aria-label={text.changeTag(visibleText(key))}
                    title={text.change}
                    onClick={() => setEdited({ key, value })}
                  >
                    <IconPencil size={15} stroke={1.6} />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    aria-label={text.removeTag(visibleText(key))}
                    title={text.remove}
                    onClick={() => setRemoved(key)}
                  >
                    <IconTrash size={15} stroke={1.6} />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {edited && <TagForm of={of} tag={edited} all={tags.data ?? []} onClose={() => setEdited(undefined)} />}
      {removed !== undefined && <RemoveTag of={of} tagKey={removed} onClose={() => setRemoved(undefined)} />}
    </Section>
  )
}

function useTold(onClose: () => void) {
  const client = useQueryClient()
  return () => {
    for (const key of ['listInstanceTags', 'showInstance', 'listInstances'])
      void client.invalidateQueries({ queryKey: [key] })
    onClose()
  }
}

interface TagFormProps {
  of: Of
  tag: Tag
  all: readonly Tag[]
  onClose: () => void
}

function TagForm({ of, tag, all, onClose }: TagFormProps) {
  const text = useText().instance
  const isNew = tag.key === undefined
  const [key, setKey] = useState(tag.key ?? '')
  const [value, setValue] = useState(tag.value ?? '')
  const told = useTold(onClose)
  const { regionId, instanceId } = of
  const save = useMutation({
    mutationFn: () =>
      call('addInstanceTags', { path: { instanceId }, body: { regionId, tags: [{ key, value }] } }),
    onSuccess: told,
  })
  const isThere = isNew && all.some((one) => one.key === key)
  return (
    <ConfirmDialog
      isOpen
      title={isNew ? text.addTag : text.changeTag(visibleText(key))}
      confirm={isNew ? text.add : text.save}
      isBusy={save.isPending}
      onClose={onClose}
      onConfirm={() => save.mutate()}
    >
      {save.error && <ErrorState error={asApiError(save.error)} isInline />}
      <TextInput
        label={text.key}
        description={isThere ? text.keyIsThere : text.badKey}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        disabled={!isNew}
        pattern="[^\/]{1,128}"
        required
        {...(isNew ? { 'data-autofocus': true } : {})}
      />
      <TextInput
        mt="sm"
        label={text.value}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        {...(isNew ? {} : { 'data-autofocus': true })}
      />
    </ConfirmDialog>
  )
}

function RemoveTag({ of, tagKey, onClose }: { of: Of; tagKey: string; onClose: () => void }) {
  const text = useText().instance
  const told = useTold(onClose)
  const { regionId, instanceId } = of
  const remove = useMutation({
    mutationFn: () => call('deleteInstanceTag', { path: { instanceId, key: tagKey }, query: { regionId } }),
    onSuccess: told,
  })
  return (
    <ConfirmDialog
      isOpen
      title={text.removeTagTitle}
      confirm={text.remove}
      isDangerous
      isBusy={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    >
      {remove.error && <ErrorState error={asApiError(remove.error)} isInline />}
      <p className={classes.lead}>
        <strong>
          <SafeText>{tagKey}</SafeText>
        </strong>
      </p>
    </ConfirmDialog>
  )
}
