import { cinderListAvailabilityZones, cinderListQuotas, cinderListVolumeTypes } from './evs-catalogue.ts'
import { createVolume, deleteVolume } from './evs-create.ts'
import { evsInvalid } from './evs-refusals.ts'
import { changeVolumeTags, listVolumesByTags, listVolumeTags, showVolumeTags } from './evs-tags.ts'
import { resizeVolume, updateVolume } from './evs-update.ts'
import { listVolumes, showVolume } from './evs-volumes.ts'
import { Refusal } from './refusal.ts'
import { row, type Service } from './service.ts'
import { showJob } from './show-job.ts'

const volumes = '/v2/{project_id}/cloudvolumes'
const volume = `${volumes}/{volume_id}`

/** https://support.huaweicloud.com/api-evs/evs_04_2003.html and its neighbours. */
export const evs: Service = {
  name: 'evs',
  rows: [
    row('ListVolumes', 'GET', `${volumes}/detail`, listVolumes),
    row('ShowVolume', 'GET', volume, showVolume),
    row(
      'CreateVolume',
      'POST',
      '/v2.1/{project_id}/cloudvolumes',
      createVolume,
      'no snapshots or backups; `bssParam` is not heeded',
    ),
    row('UpdateVolume', 'PUT', volume, updateVolume),
    row('ResizeVolume', 'POST', '/v2.1/{project_id}/cloudvolumes/{volume_id}/action', resizeVolume),
    row('DeleteVolume', 'DELETE', volume, deleteVolume),
    row('BatchCreateVolumeTags', 'POST', `${volume}/tags/action`, changeVolumeTags),
    row('ShowVolumeTags', 'GET', `${volume}/tags`, showVolumeTags),
    row('ListVolumeTags', 'GET', `${volumes}/tags`, listVolumeTags),
    row('ListVolumesByTags', 'POST', `${volumes}/resource_instances/action`, listVolumesByTags),
    row('CinderListVolumeTypes', 'GET', '/v2/{project_id}/types', cinderListVolumeTypes),
    row(
      'CinderListAvailabilityZones',
      'GET',
      '/v2/{project_id}/os-availability-zone',
      cinderListAvailabilityZones,
    ),
    row('CinderListQuotas', 'GET', '/v2/{project_id}/os-quota-sets/{target_project_id}', cinderListQuotas),
    row('ShowJob', 'GET', '/v1/{project_id}/jobs/{job_id}', showJob),
  ],
  contentType: 'application/json',
  shape: ({ code, message }) => ({ error: { message, code } }),
  otherProject: () => new Refusal(400, 'EVS.0001', 'The project_id in the URL does not match the token.'),
  unreadable: () => evsInvalid('The request body is invalid.'),
}
