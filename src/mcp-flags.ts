/** Of `mcp` and `approve`, beside `--profile`, which the token commands have too. */
export const mcpFlagOptions = {
  'allow-writes': { type: 'boolean' },
  region: { type: 'string' },
  gateway: { type: 'string' },
} as const
