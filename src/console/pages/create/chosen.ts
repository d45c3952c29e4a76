import type { Flavor, Image } from '../../api/schema.ts'
import { architectureOfImage, architectureOfType } from '../../facts/architecture.ts'
import { familyOf } from '../../facts/family.ts'
import { type Sales, salesOf } from '../../facts/sale.ts'

/** What the other steps need to know of the image. */
export interface ChosenImage {
  id: string
  name: string
  /** GiB. */
  minDisk: number
  /** MiB. */
  minRam: number
  isArm: boolean
  /** The maker of a market image says what it runs on, and is not always right. */
  isMarket: boolean
  isWindows: boolean
}

export interface ChosenType {
  id: string
  vcpus: number
  /** MiB. */
  ram: number
  isArm: boolean
  family: string
  sales: Sales
}

export const chosenImage = (image: Image): ChosenImage => ({
  id: image.id ?? '',
  name: image.name ?? image.id ?? '',
  minDisk: image.min_disk ?? 0,
  minRam: image.min_ram ?? 0,
  isArm: architectureOfImage(image) === 'Arm',
  isMarket: image.__imagetype === 'market',
  isWindows: image.__os_type === 'Windows',
})

export const chosenType = (flavor: Flavor): ChosenType => ({
  id: flavor.id ?? flavor.name ?? '',
  vcpus: Number(flavor.vcpus ?? 0),
  ram: flavor.ram ?? 0,
  isArm: architectureOfType(flavor) === 'Arm',
  family: familyOf(flavor),
  sales: salesOf(flavor),
})

/** Whether an image runs on a type: the architecture, and its least memory. */
export function fits(
  image: ChosenImage | undefined,
  { isArm, ram }: Pick<ChosenType, 'isArm' | 'ram'>,
): boolean {
  if (!image) return true
  if (ram < image.minRam) return false
  return isArm ? image.isArm : !image.isArm || image.isMarket
}
