import { CLOSE_BRACE, isBlank, OPEN_BRACE } from '../huaweicloud/json-bytes.ts'

/** A JSON object with one more member at its end. */
export const withMember = (object: string, member: string): string =>
  Buffer.concat(bytesWithMember(Buffer.from(object), member)).toString()

/** The same in pieces, Huawei's own bytes among them. */
export function bytesWithMember(object: Buffer, member: string): Buffer[] {
  const end = object.lastIndexOf(CLOSE_BRACE)
  let last = end - 1
  while (isBlank(object[last])) last -= 1
  const comma = object[last] === OPEN_BRACE ? '' : ','
  return [object.subarray(0, end), Buffer.from(`${comma}${member}}`)]
}
