import type { Filed } from './agents/approval-files.ts'
import { readWish, writeAnswer } from './agents/approval-files.ts'
import type { Keys } from './vault/keys.ts'

/** What is shown of one that waits. */
export type Waiting = Pick<Filed, 'id' | 'expires' | 'client' | 'shown'>

/** Where approvals wait. */
export interface ApprovalPlace {
  find(id: string): Promise<Waiting | undefined>
  /** Undefined: it is decided; else why not. */
  decide(waiting: Waiting, approves: boolean): Promise<string | undefined>
}

/** Those of `mcp` on this machine. */
export function localPlace(folder: string): ApprovalPlace {
  const wishes = new Map<string, Filed>()
  return {
    async find(id) {
      const wish = readWish(folder, id)
      if (wish) wishes.set(id, wish)
      return wish
    },
    async decide({ id }, approves) {
      const digest = wishes.get(id)?.digest ?? ''
      return writeAnswer(folder, id, { approves, digest }) ? undefined : 'It was decided already.'
    },
  }
}

/** Those of a gateway, which is asked as anybody asks it. Fails where it cannot be reached. */
export function gatewayPlace(gateway: string, { accessKey, secretKey, securityToken }: Keys): ApprovalPlace {
  const url = new URL('/api/approvals', gateway)
  const headers = {
    'x-access-key': accessKey,
    'x-secret-key': secretKey,
    ...(securityToken ? { 'x-security-token': securityToken } : {}),
    'content-type': 'application/json',
  }
  async function ask(init: RequestInit): Promise<{ value: object; refused?: string }> {
    const answer = await fetch(url, { headers, redirect: 'error', ...init })
    const { data, error } = Object(await answer.json())
    return error ? { value: {}, refused: String(error.message) } : { value: Object(Object(data).value) }
  }
  return {
    async find(id) {
      const { value, refused } = await ask({})
      if (refused) throw new Error(refused)
      const all = Reflect.get(value, 'approvals') as readonly Waiting[]
      return all.find((one) => one.id === id)
    },
    async decide({ id }, approves) {
      const body = JSON.stringify({ id, decision: approves ? 'approve' : 'decline' })
      return (await ask({ method: 'POST', body })).refused
    },
  }
}
