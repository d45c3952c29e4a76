/** The built-in keys. Nothing real has this form, so a call that slips past to Huawei Cloud fails on them. */
export const SANDBOX_KEYS = {
  accessKey: 'SANDBOXACCESSKEY0001',
  secretKey: 'SandboxSecretKeyForLocalUseOnly000000001',
} as const

/** The one user of the sandbox's account, for those who come with a name and a password. */
export const SANDBOX_USER = {
  name: 'sandbox',
  domain: 'sandbox',
  password: 'SandboxPassword1',
} as const
