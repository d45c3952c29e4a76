import type { Catalog } from '../../text/en.ts'
import type { Form } from './form.ts'

/** Paid in advance: 1 month, renews by itself. */
export function chargingWords(form: Form, text: Catalog['create']['charging']): string {
  const { charging, periodType, periodNum, autoRenew, autoPay, spotPrice } = form
  if (charging === 'postPaid') return text.modes.postPaid
  if (charging === 'spot')
    return [text.modes.spot, spotPrice.trim() ? text.spotMost(spotPrice.trim()) : text.spotAny].join(
      text.comma,
    )
  return [
    text.prePaidFor(text.periods[periodType](periodNum)),
    autoRenew ? text.renews : text.ends,
    ...(autoPay ? [] : [text.waits]),
  ].join(text.comma)
}
