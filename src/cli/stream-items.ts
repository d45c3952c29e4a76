import type { Client, EachOptions, HuaweiCloudApiError } from '../../packages/client/src/index.ts'
import type { Params } from './api-params.ts'
import type { CallName } from './api-row.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { safeJson } from './output/safe-text.ts'
import { tellFailure } from './region-failures.ts'

type Each = (params: Params, options: EachOptions) => AsyncIterable<unknown>

/** All items of a list, a line each, as they come; nothing is held. */
export async function streamItems(
  client: Client,
  name: CallName,
  params: Params,
  signal: AbortSignal,
  house: House,
): Promise<number> {
  let failed = 0
  const onRegionError = (error: HuaweiCloudApiError) => {
    failed += 1
    tellFailure(error, house)
  }
  const each = Reflect.get(client.each, name) as Each
  for await (const item of each(params, { signal, onRegionError })) {
    await house.terminal.out(`${safeJson(item)}\n`)
    if (house.terminal.isClosed) break
  }
  return failed > 0 ? CODES.partly : CODES.done
}
