import type { Region } from './regions.ts'

/** On the flavors for SAP HANA alone. */
export const specialTypes: readonly string[] = ['co-p1', 'uh-l1']

/** https://support.huaweicloud.com/productdesc-evs/en-us_topic_0014580744.html */
export const diskTypes: readonly string[] = [
  'SATA',
  'SAS',
  'GPSSD',
  'SSD',
  'ESSD',
  'GPSSD2',
  'ESSD2',
  ...specialTypes,
]

/** Made up, so that there is something to run into: the newest type has sold out in each region's last zone. */
export const isSoldOut = (type: string, zone: string, { zones }: Region): boolean =>
  type === 'ESSD2' && zones.length > 1 && zone === zones.at(-1)

/** Only two types let their speed be chosen, one of them its throughput too. */
export function refusePerformance(
  { iops, throughput }: { iops?: number | undefined; throughput?: number | undefined },
  type: string,
  refuse: (message: string) => Error,
): void {
  if (iops !== undefined && type !== 'GPSSD2' && type !== 'ESSD2')
    throw refuse(`iops cannot be chosen for ${type}.`)
  if (throughput !== undefined && type !== 'GPSSD2') throw refuse(`throughput cannot be chosen for ${type}.`)
  const [least, most] = type === 'GPSSD2' ? [3_000, 128_000] : [100, 256_000]
  if (iops !== undefined && (iops < least || iops > most))
    throw refuse(`iops must be from ${least} to ${most}.`)
  if (throughput !== undefined && (throughput < 125 || throughput > 1_000))
    throw refuse('throughput must be from 125 to 1000.')
}
