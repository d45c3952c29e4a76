/** Beside `--profile`, which the token commands have too. */
export const mcpFlagOptions = {
  'allow-writes': { type: 'boolean' },
  region: { type: 'string' },
} as const
