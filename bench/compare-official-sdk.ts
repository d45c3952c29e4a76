import { BasicCredentials } from '@huaweicloud/huaweicloud-sdk-core'
import { ClientBuilder } from '@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js'
import type { HcClient } from '@huaweicloud/huaweicloud-sdk-core/HcClient.js'
import { EcsClient, ListFlavorsRequest, ShowJobRequest } from '@huaweicloud/huaweicloud-sdk-ecs'
import { PROJECT } from './compare-paths.ts'

export interface Keys {
  readonly accessKey: string
  readonly secretKey: string
}

/** Huawei's SDK for IMS is not on npm; this is written the way their generated clients are, over their own core. */
class ImsClient {
  readonly #client: HcClient

  constructor(client: HcClient) {
    this.#client = client
  }

  glanceListImages(queryParams: object) {
    return this.#client.sendRequest({
      method: 'GET',
      url: '/v2/images',
      contentType: 'application/json',
      queryParams,
      pathParams: {},
      headers: {},
    })
  }
}

/**
 * Calls of the official SDK, as one would write them, and kindly: a client is kept for each key pair, and the project is
 * known, so that neither is made anew or looked up in any call.
 */
export function officialSdk(endpoint: string) {
  const kept = new Map<string, { ecs: EcsClient; ims: ImsClient }>()
  const clientsOf = ({ accessKey, secretKey }: Keys) => {
    const name = `${accessKey}\n${secretKey}`
    const known = kept.get(name)
    if (known) return known
    const credentials = () =>
      new BasicCredentials().withAk(accessKey).withSk(secretKey).withProjectId(PROJECT)
    const made = {
      ecs: EcsClient.newBuilder().withCredential(credentials()).withEndpoint(endpoint).build(),
      ims: new ClientBuilder((client) => new ImsClient(client))
        .withCredential(credentials())
        .withEndpoint(endpoint)
        .build(),
    }
    kept.set(name, made)
    return made
  }
  return {
    showJob: (keys: Keys, id: string) => clientsOf(keys).ecs.showJob(new ShowJobRequest().withJobId(id)),
    listImages: (keys: Keys, name: string) => clientsOf(keys).ims.glanceListImages({ name }),
    listTypes: (keys: Keys, zone: string) =>
      clientsOf(keys).ecs.listFlavors(new ListFlavorsRequest().withAvailabilityZone(zone)),
  }
}
