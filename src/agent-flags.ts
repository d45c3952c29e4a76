import type { Flag } from './cli/flag.ts'

/** What `mcp` and `approve` take beside settings and the profile. */
export const agentFlags: readonly Flag[] = [
  { name: 'allow-writes', help: () => 'an agent may change things, each with an approval of a person' },
  { name: 'region', value: 'id', help: () => 'the region that is meant where an agent names none' },
  {
    name: 'gateway',
    value: 'url',
    help: () => 'whose agents are asked about; without it those of `mcp` here',
  },
]
