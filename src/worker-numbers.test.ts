import { expect, test } from 'vitest'
import { metrics } from './gateway/metrics.ts'
import { register } from './gateway/metrics-registry.ts'
import { type Counting, numbersOfAll } from './worker-numbers.ts'

/** One that counts, and can end, or fall silent. */
function counting() {
  const end = Promise.withResolvers<void>()
  const own = { delay: 0, inFlight: 0, began: 100 }
  const registered = register({
    hca_event_loop_delay_seconds: () => own.delay,
    hca_http_requests_in_flight: () => own.inFlight,
    process_start_time_seconds: () => own.began,
  })
  let isSilent = false
  return {
    ended: end.promise,
    end: end.resolve,
    own,
    fallSilent: () => {
      isSilent = true
    },
    // A copy, as what comes from another process is.
    numbers: async () =>
      isSilent ? new Promise<never>(() => {}) : structuredClone(await registered.numbers()),
    request: (route: string) =>
      registered.counter('hca_http_requests_total').labels(route, 'GET', '200', '').inc(),
    took: (seconds: number) =>
      registered.histogram('hca_http_request_duration_seconds').labels('/a').observe(seconds),
  } satisfies Counting & Record<string, unknown>
}

const first = register({ process_start_time_seconds: () => 50 })

function together(...all: ReturnType<typeof counting>[]) {
  const running = new Set(all)
  for (const one of all) one.ended.then(() => running.delete(one))
  const text = numbersOfAll({ sleep: () => new Promise(() => {}) }, first.numbers, () => [...running])
  return async (name: string) => {
    const found = (await text())
      .split('\n')
      .find((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    return found === undefined ? undefined : Number(found.slice(found.lastIndexOf(' ')))
  }
}

test('what is counted is added up, histograms too', async () => {
  const [one, other] = [counting(), counting()]
  const of = together(one, other)
  one.request('/a')
  other.request('/a')
  other.request('/a')
  one.took(0.2)
  other.took(0.3)
  expect(await of('hca_http_requests_total')).toBe(3)
  expect(await of('hca_http_request_duration_seconds_count')).toBe(2)
  expect(await of('hca_http_request_duration_seconds_sum')).toBe(0.5)
})

test('of what cannot be added up it is the greatest, or the least', async () => {
  const [one, other] = [counting(), counting()]
  const of = together(one, other)
  Object.assign(one.own, { delay: 0.2, inFlight: 2 })
  Object.assign(other.own, { delay: 0.1, inFlight: 3 })
  expect(await of('hca_event_loop_delay_seconds')).toBe(0.2)
  expect(await of('hca_http_requests_in_flight')).toBe(5)
  expect(await of('process_start_time_seconds')).toBe(50)
})

test('what one that has ended had counted stays, and what it was does not', async () => {
  const [one, other, third] = [counting(), counting(), counting()]
  const of = together(one, other, third)
  for (const each of [one, other, third]) {
    each.request('/a')
    each.own.inFlight = 1
  }
  expect(await of('hca_http_requests_total')).toBe(3)
  one.end()
  other.end()
  await new Promise((resolve) => setImmediate(resolve))
  expect(await of('hca_http_requests_total')).toBe(3)
  expect(await of('hca_http_requests_in_flight')).toBe(1)
  third.request('/a')
  expect(await of('hca_http_requests_total')).toBe(4)
})

test('one that does not answer counts as it last was', async () => {
  const [one, other] = [counting(), counting()]
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const text = numbersOfAll({ sleep: turn }, first.numbers, () => [one, other])
  const requests = 'hca_http_requests_total{route="/a",method="GET",status="200",reason=""}'
  one.request('/a')
  other.request('/a')
  expect(await text()).toContain(`${requests} 2\n`)
  for (const each of [one, other]) each.request('/a')
  one.fallSilent()
  expect(await text()).toContain(`${requests} 3\n`)
})

test('every metric of the table is there', async () => {
  const one = counting()
  const text = await numbersOfAll({ sleep: () => new Promise(() => {}) }, first.numbers, () => [one])()
  for (const [name, { type }] of Object.entries(metrics)) expect(text).toContain(`# TYPE ${name} ${type}\n`)
})
