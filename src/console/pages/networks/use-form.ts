import { useState } from 'react'
import { useText } from '../../text/locale.ts'
import type { Wrong } from './forms.ts'
import { useWrite } from './use-write.ts'

type FieldName = 'name' | 'cidr' | 'description' | 'gatewayIp'

interface Options<F> {
  begin: F | (() => F)
  /** What can be told before anything is sent. */
  wrongIn: (form: F) => Partial<Record<keyof F, Wrong>>
  write: (form: F) => Promise<unknown>
  onDone: () => void
}

/** A few texts that make something: each tells its own fault, found here or by Huawei Cloud, until it is changed. */
export function useForm<F extends Partial<Record<FieldName, string>>>({
  begin,
  wrongIn,
  write: send,
  onDone,
}: Options<F>) {
  const text = useText().networks
  const [form, setForm] = useState(begin)
  const [wrong, setWrong] = useState<Partial<Record<keyof F, Wrong>>>({})
  const write = useWrite(() => send(trimmed(form)), onDone)
  const change = (patch: Partial<F>) => {
    setForm({ ...form, ...patch })
    setWrong({})
    write.reset()
  }
  return {
    form,
    change,
    isBusy: write.isBusy,
    error: write.error,
    field(of: keyof F & FieldName) {
      const fault = wrong[of]
      return {
        label: text.fields[of],
        value: form[of] ?? '',
        error: fault ? text.wrong[fault] : write.saidOf(of),
        autoComplete: 'off',
        spellCheck: false,
        onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
          change({ [of]: value } as Partial<F>),
      }
    },
    submit() {
      const found = wrongIn(form)
      setWrong(found)
      if (Object.keys(found).length === 0) write.mutate(undefined)
    },
  }
}

const trimmed = <F extends object>(form: F): F =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value).trim()])) as F
