export const approvalsEn = {
  title: 'Approvals',
  description:
    'What agents want done with your instances, and may not do without you. Each waits for two minutes.',
  waiting: 'Waiting for you',
  none: 'Nothing waits for you',
  noneHint:
    'Agents of this gateway ask here before they create, stop, restart or delete instances. The page looks every few seconds.',
  connect:
    'Agents may write where the server was started with HCA_MCP_WRITES=on. To connect one, give it the address /mcp and a token of its own:',
  tokenTitle: 'A token cannot approve',
  token:
    'Tokens are what agents have, so none may see or give approvals. Sign in with the access key behind the agent’s token.',
  signIn: 'Sign in with an access key',
  asks: {
    create: {
      one: (region: string) => `Create an instance in ${region}`,
      many: (count: string, region: string) => `Create ${count} instances in ${region}`,
    },
    stop: {
      one: (region: string) => `Stop an instance in ${region}`,
      many: (count: string, region: string) => `Stop ${count} instances in ${region}`,
    },
    reboot: {
      one: (region: string) => `Restart an instance in ${region}`,
      many: (count: string, region: string) => `Restart ${count} instances in ${region}`,
    },
    terminate: {
      one: (region: string) => `Delete an instance in ${region} for good`,
      many: (count: string, region: string) => `Delete ${count} instances in ${region} for good`,
    },
  },
  askedBy: 'Asked by',
  withToken: 'with token',
  withKeys: 'with your access key itself',
  left: (time: string) => `${time} left`,
  instances: 'Instances it is about',
  approve: 'Approve …',
  decline: 'Decline',
  decideOn: (decision: string, what: string) => `${decision}: ${what}`,
  own: 'This agent came with your access key itself, so it could approve in your name. Give it a token of its own; what it then asks for can be approved here.',
  confirmTitle: 'Approve this?',
  confirmWhat: 'The agent may do exactly this, once, until its two minutes are over.',
  confirm: 'Approve',
  ended: 'Decided',
  ends: {
    approve: 'Approved: the agent may do it once.',
    decline: 'Declined: the agent is told so.',
    late: 'Too late: its two minutes were over. The agent can ask again.',
    used: 'It was decided before, somewhere else.',
    gone: 'It waits no longer: its time is over, or it was decided somewhere else.',
  },
  announce: (count: string) => `Waiting for you: ${count}`,
}
