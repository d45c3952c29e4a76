import type { WantedServer } from './ecs-create-body.ts'
import { invalid } from './ecs-refusals.ts'
import { Refusal } from './refusal.ts'

const DAY = 86_400_000

/** What can be judged from the words alone, without a look at what the project has. */
export function refuseWords(wanted: WantedServer, count: number, now: number): void {
  refuseName(wanted.name, count)
  if (wanted.adminPass !== undefined) refusePassword(wanted.adminPass)
  if (wanted.description !== undefined) refuseDescription(wanted.description)
  refuseMetadata(wanted.metadata)
  refuseTags(wanted)
  refuseUserData(wanted.user_data)
  refuseAutoTerminate(wanted, now)
}

export function refusePassword(password: string): void {
  if (!isStrong(password))
    throw new Refusal(400, 'Ecs.0011', 'The password does not meet the complexity requirements.')
}

export function refuseDescription(description: string): void {
  if (!/^[^<>]{0,85}$/su.test(description)) throw new Refusal(400, 'Ecs.0041', 'The description is invalid.')
}

/** With several servers to name, room is left for what tells them apart. */
export function refuseName(name: string, count = 1): void {
  const longest = count > 1 ? 59 : /\p{Script=Han}/u.test(name) ? 64 : 128
  if (name.length === 0 || [...name].length > longest)
    throw new Refusal(400, 'Ecs.0914', `The ECS name must have 1 to ${longest} characters.`)
  if (!/^[\p{Script=Han}A-Za-z0-9_.-]+$/u.test(name))
    throw new Refusal(400, 'Ecs.0915', 'The ECS name contains characters that are not allowed.')
}

function isStrong(password: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@$%^\-_=+[{}\]:,./?]/]
  const names = ['root', 'toor', 'administrator', 'rotartsinimda']
  return (
    /^[\w!@$%^\-=+[{}\]:,./?]{8,26}$/.test(password) &&
    classes.filter((each) => each.test(password)).length >= 3 &&
    !names.some((name) => password.toLowerCase().includes(name))
  )
}

export function refuseMetadata(metadata: Record<string, string> = {}): void {
  const pairs = Object.entries(metadata)
  if (pairs.length > 10) throw invalid('metadata must not hold more than 10 pairs.')
  for (const [key, value] of pairs)
    if (!/^[A-Za-z0-9\-_:.]{1,255}$/.test(key) || value.length > 255)
      throw invalid(`metadata [${key}] is invalid.`)
}

function refuseTags({ tags = [], server_tags = [] }: WantedServer): void {
  if (tags.length > 10 || server_tags.length > 10)
    throw new Refusal(400, 'Ecs.0905', 'At most 10 tags can be added.')
  const keys = server_tags.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw new Refusal(400, 'Ecs.0908', 'The tag keys must be unique.')
  refuseTagWords(server_tags)
  if (tags.some((tag) => !/^[^.]{1,36}\..{0,43}$/su.test(tag)))
    throw new Refusal(400, 'Ecs.0906', 'A tag is invalid.')
}

export function refuseTagWords(tags: readonly { key: string; value?: string }[]): void {
  for (const { key, value = '' } of tags) {
    if (!/^.{1,36}$/su.test(key) || !/^.{0,43}$/su.test(value))
      throw new Refusal(400, 'Ecs.0906', `The length of the tag ${key} is invalid.`)
    if (/[\p{Cc}=*<>\\,|]/u.test(key + value) || key.includes('/'))
      throw new Refusal(400, 'Ecs.0907', `The tag ${key} contains characters that are not allowed.`)
  }
}

export function refuseUserData(userData = ''): void {
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(
    userData.replace(/\s/g, ''),
  )
  if (!isBase64) throw invalid('user_data is not base64.')
  if (Buffer.byteLength(userData, 'base64') > 32 * 1024) throw invalid('user_data must not exceed 32 KB.')
}

function refuseAutoTerminate({ auto_terminate_time: text, extendparam }: WantedServer, now: number): void {
  if (text) refuseTermination(text, extendparam?.chargingMode === 'prePaid', now)
}

export function refuseTermination(text: string, prepaid: boolean, now: number): void {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new Refusal(400, 'Ecs.0082', 'The format of auto_terminate_time is invalid.')
  if (prepaid) throw new Refusal(400, 'Ecs.0084', 'A prepaid ECS cannot be deleted at a set time.')
  if (time < now + DAY / 48 || time > now + 3 * 366 * DAY)
    throw new Refusal(403, 'Ecs.0083', 'auto_terminate_time must be from 30 minutes to 3 years ahead.')
}
