import type { FaultBody } from '../../api/sandbox.ts'

export const TROUBLES = ['throttle', 'refuse', 'delay', 'hang-up', 'cut', 'garbage'] as const

/** A fault as it stands in the form: all texts. */
export interface FaultForm {
  on: string
  region: string
  times: string
  chance: string
  phase: 'before' | 'after'
  trouble: (typeof TROUBLES)[number]
  /** Milliseconds. */
  delay: string
  status: string
  code: string
  message: string
  retryAfter: string
}

export const NO_FAULT: FaultForm = {
  on: '*',
  region: '',
  times: '1',
  chance: '',
  phase: 'before',
  trouble: 'throttle',
  delay: '3000',
  status: '503',
  code: '',
  message: '',
  retryAfter: '',
}

export const PRESETS = {
  throttled: { trouble: 'throttle', times: '3' },
  busy: { trouble: 'refuse', status: '503', retryAfter: '5', times: '3' },
  slow: { trouble: 'delay', delay: '5000', times: '5' },
  reset: { trouble: 'hang-up', times: '3' },
  lost: { on: 'ecs.CreateServers', trouble: 'hang-up', phase: 'after', times: '1' },
  forbidden: { trouble: 'refuse', status: '403', times: '3' },
} as const satisfies Record<string, Partial<FaultForm>>

export type FaultField = keyof FaultForm

/** What is asked of the sandbox, or the fields that do not fit. */
export function faultBody(form: FaultForm): { body: FaultBody } | { wrong: readonly FaultField[] } {
  const wrong: FaultField[] = []
  const number = (field: FaultField, min: number, max: number, isWhole = true): number | undefined => {
    const text = form[field].trim()
    if (text === '') return undefined
    const value = Number(text)
    if (!(value >= min && value <= max) || (isWhole && !Number.isInteger(value))) wrong.push(field)
    return value
  }
  const given = <K extends string, V>(key: K, value: V | undefined) =>
    (value === undefined || value === '' ? {} : { [key]: value }) as { [P in K]?: V }

  if (form.on.trim() === '') wrong.push('on')
  const needed = form.trouble === 'delay' ? 'delay' : form.trouble === 'refuse' ? 'status' : undefined
  if (needed && form[needed].trim() === '') wrong.push(needed)
  const body: FaultBody = {
    on: form.on.trim(),
    ...given('region', form.region),
    ...given('times', number('times', 1, Number.MAX_SAFE_INTEGER)),
    ...given('chance', number('chance', 0, 1, false)),
    phase: form.phase,
    do: troubleOf(),
  }
  return wrong.length > 0 ? { wrong } : { body }

  function troubleOf(): FaultBody['do'] {
    if (form.trouble === 'delay') return { delay: number('delay', 0, 600_000) ?? 0 }
    if (form.trouble !== 'refuse') return form.trouble
    return {
      status: number('status', 400, 599) ?? 0,
      ...given('code', form.code.trim()),
      ...given('message', form.message.trim()),
      ...given('retryAfter', number('retryAfter', 0, 86_400)),
    }
  }
}
