/**
 * What our fields are also called. All spellings mean the same on every call, in query and body
 * (the user's own document mixes them).
 */
const spellings: Record<string, readonly string[]> = {
  accessKey: ['secretId'],
  regionId: ['region'],
  projectId: ['project_id'],
  servers: ['instance_ids', 'instanceIds'],
}

const canonical = new Map(
  Object.entries(spellings).flatMap(([name, others]) =>
    [name, ...others].map((other) => [other, name] as const),
  ),
)

/** The one name we use inside; anything else is its own. */
export const canonicalName = (name: string): string => canonical.get(name) ?? name

/** Every spelling a caller may use for these fields. */
export const spellingsOf = (names: readonly string[]): string[] =>
  names.flatMap((name) => [name, ...(spellings[name] ?? [])])

/** Guangzhou, as another cloud calls it; stands in the start example of the user's document. */
export const canonicalRegion = (region: string): string => (region === 'ap-guangzhou' ? 'cn-south-1' : region)

export const CREDENTIAL_NAMES = ['accessKey', 'secretKey', 'securityToken'] as const
