const SECRET_FIELDS = new Set([
  'password',
  'adminPassword',
  'adminPass',
  'userData',
  'user_data',
  'accessKey',
  'secretKey',
  'securityToken',
])

/** The same body with a placeholder for every value that nobody should see over a shoulder. */
export function withoutSecrets(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutSecrets)
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      SECRET_FIELDS.has(name) ? `<${name}>` : withoutSecrets(value),
    ]),
  )
}
