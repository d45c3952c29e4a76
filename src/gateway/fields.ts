import Type from 'typebox'
import type { Violation } from './errors.ts'

/** Ids of servers, images, jobs, projects and the like. One of the user's document is `ins-r8hr2upy`. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
export const ID_FORM = 'an id: 1 to 64 letters, digits, dashes or underscores, a letter or digit first'

export const id = (what: string) =>
  Type.String({ pattern: ID_PATTERN.source, description: ID_FORM, title: what })

/** The project comes beside a call's own fields, and is checked by itself. */
export const projectViolations = (projectId: unknown): Violation[] =>
  projectId === undefined || (typeof projectId === 'string' && ID_PATTERN.test(projectId))
    ? []
    : [{ field: 'projectId', description: `must be ${ID_FORM}` }]

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

/** Key pairs have no ids; what OpenStack takes for a name may stand in a path, but for dots alone. */
export const keypairName = Type.String({
  pattern: '^(?!\\.{1,2}$)[A-Za-z0-9_.@ -]{1,255}$',
  description: 'the name of a key pair: letters, digits, spaces, `_`, `-`, `.` and `@`',
})

/** What else a key may not hold is Huawei's to judge, which words its rules differently from page to page. */
export const tagKey = Type.String({
  pattern: '^(?!\\.{1,2}$)[^\\u0000-\\u001f\\u007f-\\u009f/\\\\]{1,128}$',
  description: 'the key of a tag: up to 128 characters, no slash and nothing unprintable',
})

export const nonEmpty = (description: string) => Type.String({ minLength: 1, description })
export const optionalText = (description: string) => Type.Optional(nonEmpty(description))
export const optionalId = (what: string) => Type.Optional(id(what))
export const optionalFlag = (description: string) => Type.Optional(Type.Boolean({ description }))
export const optionalNumber = (description: string) => Type.Optional(Type.Integer({ description }))

export const enterpriseProjectId = optionalText('0 is the default one.')
