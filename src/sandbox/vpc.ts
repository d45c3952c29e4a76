import { eipRows } from './eip.ts'
import { bandwidthRows } from './eip-bandwidths.ts'
import { eipBatchRows } from './eip-batch.ts'
import { eipV3Rows } from './eip-v3.ts'
import { neutronExtensionRows } from './neutron-extensions.ts'
import { neutronFloatingIpRows } from './neutron-floating-ips.ts'
import { neutronGroupRows } from './neutron-groups.ts'
import { neutronNetworkRows } from './neutron-networks.ts'
import { neutronPortRows } from './neutron-ports.ts'
import { neutronRouterRows } from './neutron-routers.ts'
import { neutronSubnetRows } from './neutron-subnets.ts'
import { Refusal } from './refusal.ts'
import type { Service } from './service.ts'
import { groupRows } from './vpc-groups.ts'
import { portRows } from './vpc-ports.ts'
import { privateIpRows } from './vpc-private-ips.ts'
import { quotaRows } from './vpc-quotas.ts'
import { ruleRows } from './vpc-rules.ts'
import { shapeRefusal } from './vpc-shape.ts'
import { subnetRows } from './vpc-subnets.ts'
import { tagRows } from './vpc-tags.ts'
import { groupV3Rows } from './vpc-v3-groups.ts'
import { otherV3Rows } from './vpc-v3-others.ts'
import { ruleV3Rows } from './vpc-v3-rules.ts'
import { vpcV3Rows } from './vpc-v3-vpcs.ts'
import { vpcRows } from './vpc-vpcs.ts'

/** Networks, addresses from outside and Neutron, all on one host, each version with manners of its own. */
export const vpc: Service = {
  name: 'vpc',
  rows: [
    ...vpcRows,
    ...subnetRows,
    ...groupRows,
    ...ruleRows,
    ...portRows,
    ...privateIpRows,
    ...quotaRows,
    ...vpcV3Rows,
    ...groupV3Rows,
    ...ruleV3Rows,
    ...eipRows,
    ...eipV3Rows,
    ...eipBatchRows,
    ...bandwidthRows,
    ...tagRows,
    ...otherV3Rows,
    ...neutronNetworkRows,
    ...neutronSubnetRows,
    ...neutronPortRows,
    ...neutronGroupRows,
    ...neutronFloatingIpRows,
    ...neutronRouterRows,
    ...neutronExtensionRows,
  ],
  contentType: 'application/json',
  shape: shapeRefusal,
  otherProject: () =>
    new Refusal(400, 'VPC.0007', 'The tenant ID in the URL is different from the tenant ID in the token.'),
  unreadable: (reason) =>
    new Refusal(
      400,
      'VPC.0101',
      reason === 'empty' ? 'The request body is empty.' : 'The request body is invalid.',
    ),
}
