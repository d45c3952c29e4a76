import { brokenRules } from '../../facts/password.ts'
import type { Field, Form } from './form.ts'
import { STEP_OF, type Step } from './steps.ts'

/** What is wrong or missing, told by a word of the catalog. */
export type Fault =
  | 'missing'
  | 'badSize'
  | 'badName'
  | 'badCount'
  | 'badPassword'
  | 'badAddress'
  | 'badTags'
  | 'badPeriod'
  | 'badPrice'

const MOST_COUNT = 500
const MOST_PREPAID = 100
const MOST_DISK = 32_768
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/

/** What can be told without asking; the dry run tells the rest. */
export function faultsOf(form: Form): Partial<Record<Field, Fault>> {
  const faults: Partial<Record<Field, Fault>> = {}
  const refuse = (field: Field, fault: Fault, isWrong: boolean) => {
    if (isWrong) faults[field] = fault
  }
  for (const field of ['regionId', 'image', 'type', 'vpcId', 'subnetId'] as const)
    refuse(field, 'missing', !form[field])
  refuse('ipAddress', 'badAddress', form.ipAddress.trim() !== '' && !IPV4.test(form.ipAddress.trim()))
  refuse('publicIpId', 'missing', form.publicIp === 'existing' && !form.publicIpId)
  refuse('bandwidth', 'badSize', form.publicIp === 'new' && !isWhole(form.bandwidth, 1, 2_000))
  refuse('rootSize', 'badSize', !isWhole(form.rootSize, Math.max(1, form.image?.minDisk ?? 1), 1_024))
  refuse(
    'dataVolumes',
    'badSize',
    form.dataVolumes.some(({ size }) => !isWhole(size, 10, MOST_DISK)),
  )
  refuse('keyName', 'missing', form.access === 'key' && !form.keyName)
  refuse('password', 'badPassword', form.access === 'password' && brokenRules(form.password).length > 0)
  refuse('name', 'badName', !/^[\p{Script=Han}A-Za-z\d_.-]{1,128}$/u.test(form.name.trim()))
  refuse(
    'count',
    'badCount',
    !isWhole(form.count, 1, form.charging === 'prePaid' ? MOST_PREPAID : MOST_COUNT),
  )
  refuse('periodNum', 'badPeriod', form.charging === 'prePaid' && !isPeriod(form))
  refuse(
    'spotPrice',
    'badPrice',
    form.charging === 'spot' && !/^(?:\d+(?:\.\d{1,6})?)?$/.test(form.spotPrice.trim()),
  )
  const keys = form.tags.map(({ key }) => key.trim()).filter(Boolean)
  refuse(
    'tags',
    'badTags',
    new Set(keys).size < keys.length || form.tags.some(({ key, value }) => !key && value),
  )
  return faults
}

export const isDone = (step: Step, faults: Partial<Record<Field, unknown>>): boolean =>
  !(Object.keys(faults) as Field[]).some((field) => STEP_OF[field] === step)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0101.html, `periodNum`. */
const isPeriod = ({ periodType, periodNum }: Form) => isWhole(periodNum, 1, periodType === 'year' ? 3 : 9)

const isWhole = (text: string, least: number, most: number) =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most
