import { type Flavor, flavorWithId } from './flavors.ts'
import type { Image } from './images.ts'
import { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'

/** The maker of a market image says what it runs on, and is not always right; the platform's own are. */
export function runsOn({ view }: Image, { arm }: Pick<Flavor, 'arm'>): boolean {
  const forArm = view.__support_arm === 'true'
  return arm ? forArm : !forArm || view.__imagetype === 'market'
}

export function refuseArchitecture(image: Image, region: Region, flavorId: string): void {
  const flavor = flavorWithId(region, flavorId)
  if (flavor && !runsOn(image, flavor))
    throw new Refusal(400, 'Ecs.0007', `The image ${image.id} does not run on the flavor ${flavorId}.`)
}
