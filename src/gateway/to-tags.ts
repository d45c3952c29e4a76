import type { CreateFields } from './create-fields.ts'

/** Tags as Huawei wants them, however they came. */
export const toTags = (tags: NonNullable<CreateFields['tags']>) =>
  Array.isArray(tags)
    ? tags.map(({ key, value = '' }) => ({ key, value }))
    : Object.entries(tags).map(([key, value]) => ({ key, value }))
