import { Textarea } from '@mantine/core'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { KeyPairs } from './key-pairs.tsx'
import { Choice, Group, useFieldError } from './parts.tsx'
import { Password } from './password-field.tsx'
import { changeForm, useDraft } from './state.ts'

export function AccessStep() {
  const text = useText().create.access
  const errorAt = useFieldError()
  const { form } = useDraft()
  return (
    <>
      <Group title={text.how} error={errorAt('access')}>
        <div className={classes.tiles}>
          {(['password', 'key'] as const).map((access) => (
            <Choice
              key={access}
              name="access"
              value={access}
              isChosen={form.access === access}
              onChoose={() => changeForm({ access })}
              title={text[access]}
              facts={[]}
            />
          ))}
        </div>
        {form.access === 'key' ? <KeyPairs /> : <Password />}
      </Group>
      <Group title={text.userData} error={errorAt('userData')}>
        <Textarea
          label={text.userData}
          description={text.userDataHint}
          value={form.userData}
          rows={6}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: classes.code ?? '' }}
          onChange={(event) => changeForm({ userData: event.currentTarget.value })}
        />
      </Group>
    </>
  )
}
