import Type from 'typebox'

/** Ids of servers, images, jobs, projects and the like. One of the user's document is `ins-r8hr2upy`. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
export const ID_FORM = 'an id: 1 to 64 letters, digits, dashes or underscores, a letter or digit first'

export const id = (what: string) =>
  Type.String({ pattern: ID_PATTERN.source, description: ID_FORM, title: what })

/** An object that knows all its fields; others are faults. */
export const strict = <Fields extends Type.TProperties>(fields: Fields, options: Type.TObjectOptions = {}) =>
  Type.Object(fields, { ...options, additionalProperties: false })

export const noFields = strict({})

/** The instances an action is for; duplicates are sent once. */
export const servers = Type.Array(strict({ id: id('Instance') }), {
  minItems: 1,
  maxItems: 1_000,
  description: 'The instances, as [{"id": "…"}]; also spelled instance_ids or instanceIds with plain ids.',
})
