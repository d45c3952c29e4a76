import { SANDBOX_KEYS, SANDBOX_USER } from './sandbox/keys.ts'
import { regions } from './sandbox/regions.ts'

const REGION = 'cn-north-4'
const services = ['ecs', 'ims', 'vpc', 'eip', 'evs', 'iam']

/** Lines for a shell that send the official SDKs and OpenStack's command line to the sandbox. */
export function environmentLines(url: string): string {
  const lines = {
    'The keys, as the official SDKs read them.': {
      HUAWEICLOUD_SDK_AK: SANDBOX_KEYS.accessKey,
      HUAWEICLOUD_SDK_SK: SANDBOX_KEYS.secretKey,
    },
    'Where IAM is, for the SDKs and for huawei-cloud-api itself, which asks for everything there.': {
      HUAWEICLOUD_SDK_IAM_ENDPOINT: url,
      HUAWEICLOUD_ENDPOINT_URL: url,
    },
    'OpenStack.': {
      OS_AUTH_URL: `${url}/v3`,
      OS_USERNAME: SANDBOX_USER.name,
      OS_PASSWORD: SANDBOX_USER.password,
      OS_USER_DOMAIN_NAME: SANDBOX_USER.domain,
      OS_PROJECT_DOMAIN_NAME: SANDBOX_USER.domain,
      OS_PROJECT_NAME: REGION,
      OS_REGION_NAME: REGION,
      OS_IDENTITY_API_VERSION: '3',
    },
    'Each service in each region, for the SDKs that look a region up by its id.': Object.fromEntries(
      regions.flatMap(({ id }) =>
        services.map((service) => [
          `HUAWEICLOUD_SDK_REGION_${service}_${id}`.toUpperCase().replaceAll('-', '_'),
          url,
        ]),
      ),
    ),
  }
  return Object.entries(lines)
    .map(([title, values]) => `# ${title}\n${exportsOf(values)}`)
    .join('')
}

const exportsOf = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `export ${name}=${value}\n`)
    .join('')
