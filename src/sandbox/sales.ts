import { type Flavor, isOnSale, saleIn } from './flavors.ts'

/** Why a flavor cannot be had in a zone, if it cannot. */
export function refuseSale(flavor: Flavor, zone: string): { code: string; reason: string } | undefined {
  const state = saleIn(flavor, zone)
  if (isOnSale(state)) return undefined
  if (state === 'obt')
    return { code: 'Ecs.0016', reason: 'You have no beta permission for this flavor in the AZ.' }
  if (state.endsWith('sellout'))
    return { code: 'Ecs.0018', reason: 'The selected flavor has been sold out. Try another flavor.' }
  return { code: 'Ecs.0019', reason: 'The selected flavor has been withdrawn. Try another flavor.' }
}
