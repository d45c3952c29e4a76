/** What a profile holds. Never logged, never put into an error. */
export interface Keys {
  readonly accessKey: string
  readonly secretKey: string
  /** Only with temporary keys. */
  readonly securityToken?: string
  readonly projectId?: string
}

/** Keys, or where they were looked for and not found, as part of a sentence that holds no value. */
export type Found = { readonly keys: Keys } | { readonly missing: string }

export type KeySource = () => Found | Promise<Found>

export type GivenKeys = { readonly [Name in keyof Keys]?: string | undefined }

/** They go into headers and signatures: anything but visible ASCII would break one or the other. */
const FORMS: Record<keyof Keys, RegExp> = {
  accessKey: /^[\w.-]{1,128}$/,
  secretKey: /^[\x21-\x7e]{1,256}$/,
  securityToken: /^[\x21-\x7e]{1,8192}$/,
  projectId: /^[A-Za-z0-9][\w-]{0,63}$/,
}

/** What a place gave, once it is known to be whole; `names` are what the place calls the two keys. */
export function checked(given: GivenKeys, place: string, names: readonly [string, string]): Found {
  const { accessKey, secretKey } = given
  const lacking = [...(accessKey ? [] : [names[0]]), ...(secretKey ? [] : [names[1]])]
  if (!accessKey || !secretKey) return { missing: `${place}: no ${lacking.join(' and no ')}` }
  const filled = Object.entries(given).filter(([, value]) => value) as [keyof Keys, string][]
  const odd = filled.filter(([name, value]) => !FORMS[name].test(value)).map(([name]) => name)
  if (odd.length > 0) return { missing: `${place}: ${odd.join(' and ')} not of the form that Huawei's have` }
  return { keys: { accessKey, secretKey, ...Object.fromEntries(filled) } }
}
