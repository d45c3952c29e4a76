import type { startConsole } from './house.ts'

type House = Awaited<ReturnType<typeof startConsole>>

/** Makes instances through the API, and waits until they run; the id of the first. */
export async function madeInstance(house: House, regionId: string, name: string, count = 1): Promise<string> {
  const { subnets } = (await house.ask('GET', `/api/subnets?regionId=${regionId}`)) as {
    subnets: { id: string; vpc_id: string }[]
  }
  const { images } = (await house.ask('GET', `/api/images?regionId=${regionId}&name=CentOS 7.9 64bit`)) as {
    images: { id: string }[]
  }
  const [subnet] = subnets
  const [image] = images
  if (!subnet || !image) throw new Error(`${regionId} has no subnet, or no image`)
  const made = await house.ask('POST', '/api/instances', {
    regionId,
    name,
    count,
    imageId: image.id,
    instanceType: 's6.large.2',
    vpcId: subnet.vpc_id,
    nics: [{ subnetId: subnet.id }],
    rootVolume: { volumeType: 'SSD', size: 40 },
  })
  const [id] = made.serverIds as string[]
  if (id === undefined) throw new Error('the answer names no instance')
  await house.ask('GET', `/api/jobs/${made.job_id}?regionId=${regionId}`)
  return id
}
