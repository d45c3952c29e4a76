import { NativeSelect, PasswordInput, Textarea } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { keypairsQuery } from '../../api/queries.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { useText } from '../../text/locale.ts'
import classes from './create.module.css'
import { Choice, Group, useFieldError } from './parts.tsx'
import { brokenRules, RULES, strengthOf } from './password.ts'
import { changeForm, currentDraft, useDraft } from './state.ts'

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

function KeyPairs() {
  const catalog = useText()
  const text = catalog.create.access
  const errorAt = useFieldError()
  const { form } = useDraft()
  const pairs = useQuery(keypairsQuery([form.regionId]))
  return (
    <Loaded query={pairs}>
      {({ items }) => {
        const names = items.flatMap(({ keypair }) => keypair?.name ?? [])
        if (names.length === 0) return <p className={classes.hint}>{text.noKeys}</p>
        return (
          <div className={classes.fields}>
            <NativeSelect
              label={text.key}
              required
              data={[{ value: '', label: catalog.create.network.choose }, ...names]}
              value={form.keyName}
              error={errorAt('keyName')}
              onChange={(event) => changeForm({ keyName: event.currentTarget.value })}
            />
          </div>
        )
      }}
    </Loaded>
  )
}

/** Not by `value`, which React writes into an attribute of the document, too. */
function fill(input: HTMLInputElement | null): void {
  if (input) input.value = currentDraft().form.password
}

function Password() {
  const text = useText().create.access
  const errorAt = useFieldError()
  const { form } = useDraft()
  const broken = brokenRules(form.password)
  const strength = strengthOf(form.password)
  return (
    <div className={classes.password}>
      <PasswordInput
        label={text.password}
        description={text.user(form.image?.isWindows ? 'Administrator' : 'root')}
        required
        ref={fill}
        error={errorAt('password')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': text.show }}
        onChange={(event) => changeForm({ password: event.currentTarget.value })}
      />
      <meter className={classes.meter} min={0} max={3} value={strength} aria-label={text.strength} />
      <p className={classes.hint} aria-live="polite">
        {form.password && `${text.strength}: ${text.strengths[strength]}`}
      </p>
      <ul className={classes.rules}>
        {RULES.map((rule) => {
          const isKept = form.password !== '' && !broken.includes(rule)
          const Icon = isKept ? IconCheck : IconX
          return (
            <li key={rule} data-kept={isKept || undefined}>
              <Icon size={15} aria-label={isKept ? text.kept : text.broken} role="img" />
              {text.rules[rule]}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
