import type { Schema } from './types.ts'

const description = `**Keys** go into the headers \`X-Access-Key\` and \`X-Secret-Key\`, with temporary ones also \`X-Security-Token\`. A gateway
token goes into \`Authorization: Bearer\`. HTTP Basic works too, but not from browsers; so do \`accessKey\` (or \`secretId\`),
\`secretKey\` and \`securityToken\` in a query or JSON body, but URLs end up in logs, and the answer then has \`Deprecation\`.
Access keys that start with \`SANDBOX\` are answered by the sandbox, where it is on.

**Success** is \`{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":{…}}}\` with Huawei Cloud's own bytes
as \`value\`. What is described of it is what we know; Huawei Cloud may add fields any day.

**Errors** have one shape, \`Problem\`. Switch on \`reason\`.

**Strictness.** Bodies are checked strictly and all faults are told at once. Lists hand parameters they do not know to
Huawei Cloud. In a query \`+\` is a space.

Every answer has \`X-Request-Id\`, \`Cache-Control\`, \`X-Content-Type-Options: nosniff\` and \`Referrer-Policy: no-referrer\`.`

export const info = (version: string): Schema => ({
  title: 'huawei-cloud-api',
  version,
  summary: "Huawei Cloud's compute behind plain REST calls: your keys in, a fixed envelope out.",
  description,
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
})
