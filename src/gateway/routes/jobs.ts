import Type from 'typebox'
import { firstThatKnows } from '../../huaweicloud/job-look.ts'
import { jobOperation, jobServices } from '../../huaweicloud/jobs.ts'
import { id, strict } from '../fields.ts'
import { upstreamIdHeader } from '../headers.ts'
import { eventId, jobEvents } from '../job-events.ts'
import { LONGEST_WAIT } from '../prefer.ts'
import { type Askable, route } from '../route.ts'
import { job } from '../shapes/job.ts'

const common = {
  jobId: id('Job, the `job_id` of the call that began it'),
  service: Type.Optional(
    Type.Enum([...jobServices], { description: 'Whose job it is. Left out, ECS is asked, then the others.' }),
  ),
}

const row = {
  method: 'GET',
  tag: 'jobs',
  scope: 'read',
  needs: 'regional',
  service: 'ecs',
  serviceIn: 'service',
  value: job,
  example: {
    regionId: 'cn-south-1',
    after: [{ call: 'startInstances', take: { jobId: 'job_id' } }],
  },
} as const

/** When none is named, those that the region has. */
const servicesOf = ({ fields, cloud, regionId = '' }: Askable<{ service?: string }>) =>
  fields.service ? [fields.service] : jobServices.filter((each) => cloud.endpoints.knows(each, regionId))

export const showJob = route({
  ...row,
  path: '/api/jobs/{jobId}',
  name: 'showJob',
  summary: 'One job: how far it is, and what became of each part of it.',
  fields: strict({
    ...common,
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: LONGEST_WAIT,
        description: 'Seconds to hold the answer until the job has ended; then it is told as it is.',
      }),
    ),
  }),
  // The others are asked where the first does not know the job.
  asks(call) {
    const { jobId, wait } = call.fields
    const [first] = servicesOf(call)
    if (wait !== undefined || first === undefined) return undefined
    return { operation: jobOperation(first), params: { job_id: jobId } }
  },
  async run(call) {
    const { ask, jobs, fields } = call
    const { jobId, wait } = fields
    const services = servicesOf(call)
    if (wait !== undefined) {
      const { bytes, requestId } = await jobs.until({ jobId, services }, wait)
      return { answer: { body: bytes, ...(requestId ? { requestId } : {}) } }
    }
    const { answer } = await firstThatKnows(services, (service) =>
      ask(jobOperation(service), { params: { job_id: jobId } }),
    )
    return { answer }
  },
})

export const jobEventStream = route({
  ...row,
  path: '/api/jobs/{jobId}/events',
  name: 'followJob',
  summary: 'One job as server-sent events: `job` for each state it comes to, until it has ended.',
  description:
    'The data of an event is the job as Huawei tells it. A reader that comes back with `Last-Event-ID` is told what has changed since; when that was the end, 204 says that there is no more. An `error` event holds an error answer and is the last. A comment every 15 seconds keeps the line open.',
  produces: 'text/event-stream',
  keysIn: 'headers',
  fields: strict(common),
  async run(call) {
    const { jobs, fields, headers, shown, outside } = call
    const states = jobs.states({ jobId: fields.jobId, services: servicesOf(call) })
    const given = headers['last-event-id']
    const lastEventId = typeof given === 'string' ? given : undefined
    const first = await states.next()
    if (first.done) throw new TypeError('a job has a state')
    // 204 tells a browser not to come back.
    if (first.value.ended && eventId(first.value) === lastEventId) return { empty: true }
    return {
      texts: jobEvents(first.value, states, { ...(lastEventId ? { lastEventId } : {}), shown, outside }),
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        ...upstreamIdHeader(first.value.requestId ?? ''),
      },
    }
  },
})
