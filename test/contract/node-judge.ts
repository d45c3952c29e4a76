// A process of its own around one of Huawei's Node SDKs, which is used as its README says and changed nowhere.
// A line of JSON in is a call, a line out on descriptor 3 is what the SDK made of the answer.
import { createWriteStream } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { typeFaults, wireTypes } from './declared-types.ts'

interface Call {
  operation: string
  with: Record<string, unknown>
}

const [service = '', version = '', endpoint = ''] = process.argv.slice(2)
const require = createRequire(import.meta.url)
const entry = require.resolve(`@huaweicloud/huaweicloud-sdk-${service}/${version}/public-api.js`)
const sdk = require(entry)
const builder = sdk[`${service[0]?.toUpperCase()}${service.slice(1)}Client`].newBuilder()
const client = (
  isUrl(endpoint) ? builder.withEndpoint(endpoint) : builder.withRegion(regionIn(endpoint))
).build()
const types = wireTypes(dirname(entry))
const answers = createWriteStream('', { fd: 3 })

function isUrl(text: string): boolean {
  return text.startsWith('http')
}

/** `cn-north-4=http://…`: this SDK reads no endpoints of regions from the environment. */
function regionIn(text: string): object {
  const [id, url] = text.split('=')
  const { Region } = createRequire(entry)('@huaweicloud/huaweicloud-sdk-core/region/region.js')
  return new Region(id, url)
}

for await (const line of createInterface({ input: process.stdin })) {
  const heard = await ask(JSON.parse(line))
  answers.write(`${JSON.stringify(heard)}\n`)
}

async function ask({ operation, with: args }: Call): Promise<object> {
  const method = operation[0]?.toLowerCase() + operation.slice(1)
  if (typeof client[method] !== 'function') return { missing: true }
  try {
    const { httpStatusCode, ...body } = await client[method](args)
    return { status: httpStatusCode, body, ...typeFaults(types, `${operation}Response`, body) }
  } catch (thrown) {
    const { httpStatusCode, errorCode, errorMsg, requestId, message } = thrown as Record<string, unknown>
    return httpStatusCode === undefined
      ? { broken: String(message ?? errorMsg ?? thrown) }
      : { status: httpStatusCode, code: errorCode, message: errorMsg, requestId }
  }
}
