import { actOnServers, deleteServers } from './ecs-actions.ts'
import { createPostPaidServers, createServers } from './ecs-create.ts'
import { listFlavors, listResizeFlavors, showFlavorCapacity } from './ecs-flavors.ts'
import { showServerLimits } from './ecs-limits.ts'
import { nicRows } from './ecs-nic-rows.ts'
import { serverRows } from './ecs-operations.ts'
import { BatchRefusal, batchResults } from './ecs-refusals.ts'
import { listFlavorSellPolicies } from './ecs-sell-policies.ts'
import { listServersDetails, showServer } from './ecs-servers.ts'
import { listServerAzInfo, novaListAvailabilityZones } from './ecs-zones.ts'
import { novaRows } from './nova.ts'
import { Refusal } from './refusal.ts'
import type { Service } from './service.ts'
import { showJob } from './show-job.ts'

const notInCreate =
  'no IPv6; passthrough, dedicated storage, security, serial console and enclave options make no difference'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0101.html and its neighbours. */
export const ecs: Service = {
  name: 'ecs',
  rows: [
    ...novaRows,
    {
      name: 'ListFlavors',
      method: 'GET',
      path: '/v1/{project_id}/cloudservers/flavors',
      handle: listFlavors,
    },
    {
      name: 'ListResizeFlavors',
      method: 'GET',
      path: '/v1/{project_id}/cloudservers/resize_flavors',
      handle: listResizeFlavors,
    },
    {
      name: 'ListFlavorSellPolicies',
      method: 'GET',
      path: '/v1/{project_id}/cloudservers/flavor-sell-policies',
      handle: listFlavorSellPolicies,
    },
    {
      name: 'ShowFlavorCapacity',
      method: 'GET',
      path: '/v1/{project_id}/cloudservers/flavors/{flavor_id}/resources',
      partial: 'capacity never runs out, so `count` is checked and makes no difference',
      handle: showFlavorCapacity,
    },
    {
      name: 'CreateServers',
      method: 'POST',
      path: '/v1.1/{project_id}/cloudservers',
      partial: notInCreate,
      handle: createServers,
    },
    {
      name: 'CreatePostPaidServers',
      method: 'POST',
      path: '/v1/{project_id}/cloudservers',
      partial: notInCreate,
      handle: createPostPaidServers,
    },
    {
      name: 'ListServersDetails',
      method: 'GET',
      path: '/v1/{project_id}/cloudservers/detail',
      handle: listServersDetails,
    },
    {
      name: 'ShowServer',
      method: 'GET',
      path: '/v1/{project_id}/cloudservers/{server_id}',
      handle: showServer,
    },
    // Starting, stopping and rebooting share a place; the body tells them apart.
    {
      name: 'BatchStartServers',
      method: 'POST',
      path: '/v1/{project_id}/cloudservers/action',
      handle: actOnServers,
    },
    {
      name: 'DeleteServers',
      method: 'POST',
      path: '/v1/{project_id}/cloudservers/delete',
      handle: deleteServers,
    },
    { name: 'ShowJob', method: 'GET', path: '/v1/{project_id}/jobs/{job_id}', handle: showJob },
    {
      name: 'ShowServerLimits',
      method: 'GET',
      path: '/v1/{project_id}/cloudservers/limits',
      handle: showServerLimits,
    },
    {
      name: 'NovaListAvailabilityZones',
      method: 'GET',
      path: '/v2.1/{project_id}/os-availability-zone',
      handle: novaListAvailabilityZones,
    },
    {
      name: 'ListServerAzInfo',
      method: 'GET',
      path: '/v1/{project_id}/availability-zones',
      handle: listServerAzInfo,
    },
    ...serverRows,
    ...nicRows,
  ],
  contentType: 'application/json; charset=UTF-8',
  headers: {
    'Cache-Control': 'no-cache, no-store, must-revalidate',
    Pragma: 'no-cache',
    Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
    'Strict-Transport-Security': 'max-age=31536000; includeSubdomains;',
    'X-Content-Type-Options': 'nosniff',
    'X-Download-Options': 'noopen',
    'X-Frame-Options': 'SAMEORIGIN',
    'X-Xss-Protection': '1; mode=block;',
    'Accept-Ranges': 'bytes',
    Vary: 'Accept-Charset, Accept-Encoding, Accept-Language, Accept',
  },
  shape: (refusal) => ({
    error: {
      message: refusal.message,
      code: refusal.code,
      ...(refusal.details.length > 0 ? { details: refusal.details } : {}),
    },
    ...(refusal instanceof BatchRefusal ? batchResults(refusal) : {}),
  }),
  otherProject: () =>
    new Refusal(400, 'Common.0018', 'The project_id in the URL does not match the project of the token.'),
  unreadable: (reason) =>
    reason === 'empty'
      ? new Refusal(400, 'Common.0002', 'The request body is empty.')
      : new Refusal(400, 'Ecs.0000', 'The request body is not valid JSON.'),
}
