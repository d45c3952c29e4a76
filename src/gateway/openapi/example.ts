import type { Route } from '../route.ts'

/** Where nothing else is said: the region that the sandbox has most in. */
export const EXAMPLE_REGION = 'cn-east-2'

export interface ShownExample {
  /** Every field under its name, region included. What an earlier call must tell is a word in capitals. */
  readonly shown: Readonly<Record<string, unknown>>
  /** The fields that an earlier call tells, and where they stand in its `value`. */
  readonly taken: readonly { readonly field: string; readonly call: string; readonly from: string }[]
}

/** A route's example as it is shown. */
export function exampleOf({ example, needs, fields }: Route): ShownExample {
  const taken = (example.after ?? []).flatMap(({ call, take = {} }) =>
    // Others are for calls in between.
    Object.entries(take)
      .filter(([field]) => Object.hasOwn(fields.properties, field))
      .map(([field, from]) => ({ field, call, from })),
  )
  const region = example.regionId ?? (needs === 'regional' ? EXAMPLE_REGION : undefined)
  return {
    shown: {
      ...(region === undefined ? {} : { regionId: region }),
      ...example.fields,
      ...Object.fromEntries(taken.map(({ field }) => [field, placeholder(field)])),
    },
    taken,
  }
}

/** `instanceId` → `INSTANCE_ID`. */
const placeholder = (field: string) => field.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()
