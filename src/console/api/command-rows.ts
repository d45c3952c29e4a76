/** A command of our command line that makes a call of the API. */
export interface CommandRow {
  /** What its id stands for in braces. */
  readonly call: string
  readonly words: string
  /** Takes what all lists take; whatever else is asked is a filter. */
  readonly isList?: true
  /** Which flag a field is; a switch is set where the field has its value. */
  readonly flags?: Readonly<Record<string, string | { readonly flag: string; readonly where: unknown }>>
  /** Its fields are read from a file. */
  readonly isOfFile?: true
}

const service = { service: 'service' }
const hard = { type: { flag: 'hard', where: 'HARD' } }
const on = (flag: string) => ({ flag, where: true })

/** A test holds them to the command line itself. Calls that stand nowhere here have no command. */
export const commandRows: readonly CommandRow[] = [
  { call: 'GET /api/regions', words: 'regions', flags: { regionType: 'service' } },
  { call: 'GET /api/images', words: 'images', isList: true },
  { call: 'GET /api/images/{imageId}', words: 'images show' },
  { call: 'GET /api/instance-types', words: 'instance-types', isList: true },
  { call: 'GET /api/instances', words: 'instances', isList: true },
  { call: 'GET /api/instances/{instanceId}', words: 'instances show' },
  { call: 'POST /api/instances', words: 'instances create', isOfFile: true },
  { call: 'PUT /api/instances/start', words: 'instances start' },
  { call: 'PUT /api/instances/stop', words: 'instances stop', flags: hard },
  { call: 'PUT /api/instances/reboot', words: 'instances reboot', flags: hard },
  {
    call: 'PUT /api/instances/terminate',
    words: 'instances terminate',
    flags: { deletePublicIp: on('delete-public-ip'), deleteVolume: on('delete-volume') },
  },
  {
    call: 'PUT /api/instances/{instanceId}/resize',
    words: 'instances resize',
    flags: { instanceType: 'type', stopIfRunning: on('stop-if-running') },
  },
  { call: 'POST /api/instances/{instanceId}/console', words: 'instances console' },
  { call: 'GET /api/jobs/{jobId}', words: 'jobs show', flags: service },
  { call: 'GET /api/jobs/{jobId}/events', words: 'jobs wait' },
  { call: 'GET /api/vpcs', words: 'vpcs', isList: true },
  { call: 'POST /api/vpcs', words: 'vpcs create', flags: { name: 'name', cidr: 'cidr' } },
  { call: 'DELETE /api/vpcs/{vpcId}', words: 'vpcs delete' },
  { call: 'GET /api/subnets', words: 'subnets', isList: true },
  {
    call: 'POST /api/subnets',
    words: 'subnets create',
    flags: { name: 'name', vpcId: 'vpc', cidr: 'cidr', gatewayIp: 'gateway-ip' },
  },
  { call: 'DELETE /api/subnets/{subnetId}', words: 'subnets delete' },
  { call: 'GET /api/security-groups', words: 'security-groups', isList: true },
  { call: 'GET /api/keypairs', words: 'keypairs', isList: true },
  { call: 'GET /api/quotas', words: 'quotas', flags: service },
]
