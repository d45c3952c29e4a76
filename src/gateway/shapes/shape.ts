import Type, { type TProperties } from 'typebox'

/** An object of Huawei's: the fields we know of, each of which may be missing, and any that come later. */
export const shape = <Fields extends TProperties>(fields: Fields, options: { title?: string } = {}) =>
  Type.Partial(Type.Object(fields), options)

/** What Huawei leaves empty may be null as well as missing. */
export const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

export const text = Type.String()
export const nullableText = orNull(text)
export const whole = Type.Integer()
export const nullableWhole = orNull(whole)
export const flag = Type.Boolean()
export const nullableFlag = orNull(flag)
export const texts = Type.Array(text)
/** Names of any kind with texts behind them. */
export const textMap = Type.Record(text, text)
/** Not looked into. */
export const any = Type.Unknown()

/** OpenStack's way of pointing at itself. */
export const links = Type.Array(shape({ rel: text, href: text, type: nullableText }))
