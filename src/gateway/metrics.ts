export interface Metric {
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** A sentence. It stands in the answer, and in the documents. */
  readonly help: string
  readonly unit?: 'seconds' | 'bytes'
  readonly labels?: readonly Label[]
  /** Of a histogram: the upper bounds. */
  readonly buckets?: readonly number[]
  /** How several processes' values make one; the sum, if left out. */
  readonly together?: 'max' | 'min'
}

/** What a label's values may be. All are bounded: each new value is one more series that is kept for good. */
export const labels = {
  route: 'the pattern, such as `/api/instances/:instanceId`; `none` where there is no such route',
  method: 'as it was sent',
  status: 'the HTTP status that was answered; 499 for a caller that left before',
  reason:
    'of [the catalogue](errors.md), or that of Huawei Cloud where it looks like `Ecs.0114` and is one of the first 200 that this server met, or `HTTP_` and a status; `huawei` for its other codes; empty where all went well',
  cause:
    'why a call was made again: `not-sent`, `throttled`, `upstream-error`, `broken-off`, `no-answer`, `nonsense`, `clock`',
  service: 'of Huawei Cloud, as its SDKs spell it',
  by: '`caller` and `address` for too many requests, `wrong-tokens` for a token that came after too many wrong ones',
  why: '`delay` of the event loop, `in-flight` for `HCA_MAX_IN_FLIGHT`, `heap` for memory',
  tool: 'a tool that agents call, or `unknown`',
  outcome: '`ok` or `error`',
  origin:
    '`hit` for one that was kept, `miss` where Huawei Cloud was asked, `shared` where it was being asked the same already',
  version: 'of this server',
  node: 'of Node',
} as const

export type Label = keyof typeof labels

/** A held-back answer takes up to 300 s, and a stream as long as somebody reads. */
const OURS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
const UPSTREAM = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/**
 * Everything that is counted, once: registered and documented from here. Names are Prometheus's
 * (https://prometheus.io/docs/practices/naming/), and of what every Node process has those that dashboards know.
 */
export const metrics = {
  hca_http_requests_total: {
    type: 'counter',
    help: 'Requests that were answered, or whose caller left; counted when the log line is written.',
    labels: ['route', 'method', 'status', 'reason'],
  },
  hca_http_request_duration_seconds: {
    type: 'histogram',
    help: 'Time from the first byte of a request to the last of its answer; streams and waits included.',
    unit: 'seconds',
    labels: ['route'],
    buckets: OURS,
  },
  hca_upstream_duration_seconds: {
    type: 'histogram',
    help: 'How much of that time Huawei Cloud was asked and had not answered yet; only requests that asked it.',
    unit: 'seconds',
    labels: ['route'],
    buckets: UPSTREAM,
  },
  hca_upstream_repeated_total: {
    type: 'counter',
    help: 'Calls to Huawei Cloud that were made again after they had failed.',
    labels: ['cause'],
  },
  hca_upstream_breaker_opened_total: {
    type: 'counter',
    help: 'How often a service in a region failed so often that it was left alone for a moment.',
    labels: ['service'],
  },
  hca_upstream_breakers_open: {
    type: 'gauge',
    together: 'max',
    help: 'Services in regions that are left alone at present.',
  },
  hca_upstream_calls_in_flight: {
    type: 'gauge',
    help: 'Calls to Huawei Cloud under way, over all hosts.',
  },
  hca_upstream_calls_queued: {
    type: 'gauge',
    help: 'Calls to Huawei Cloud that wait for their turn.',
  },
  hca_upstream_clock_skew_seconds: {
    type: 'gauge',
    together: 'max',
    help: 'How far behind the clock of this machine was found to be; 0 unless Huawei Cloud complained.',
    unit: 'seconds',
  },
  hca_http_refused_total: {
    type: 'counter',
    help: 'What was turned away before it was a request: no HTTP, too long a head, too slow, a CONNECT. It has no route.',
    labels: ['reason'],
  },
  hca_connections_dropped_total: {
    type: 'counter',
    help: 'Connections that were closed at once because as many as are allowed were open.',
  },
  hca_http_requests_in_flight: {
    type: 'gauge',
    help: 'Requests whose answer is not out yet; the one that asks for this is among them.',
  },
  hca_http_requests_shed_total: {
    type: 'counter',
    help: 'Requests refused with OVERLOADED before anything of them was read; hca_http_requests_total does not count them.',
    labels: ['why'],
  },
  hca_http_quick_total: {
    type: 'counter',
    help: 'Plain reads for which Huawei Cloud was asked on the quick way; hca_http_requests_total counts them too.',
  },
  hca_http_unread_total: {
    type: 'counter',
    help: 'Of these, requests that were known by their bytes when Huawei Cloud was asked: the HTTP parser had not read them.',
  },
  hca_rate_limited_total: {
    type: 'counter',
    help: 'Requests refused with RATE_LIMITED by a rate; hca_http_requests_total counts them too.',
    labels: ['by'],
  },
  hca_agent_tool_calls_total: {
    type: 'counter',
    help: 'Tools that agents called over /mcp, by what came of it; the calls of the API that a tool makes are counted by themselves.',
    labels: ['tool', 'outcome'],
  },
  hca_cache_answers_total: {
    type: 'counter',
    help: 'Answers that may be kept, by how they were come by; nothing where none are kept.',
    labels: ['route', 'origin'],
  },
  hca_cache_bytes: {
    type: 'gauge',
    help: 'What kept answers take, compressed forms included.',
    unit: 'bytes',
  },
  hca_event_loop_delay_seconds: {
    type: 'gauge',
    together: 'max',
    help: 'How late the event loop is all the while, pauses aside; requests are shed above HCA_MAX_DELAY.',
    unit: 'seconds',
  },
  hca_audit_lines_total: {
    type: 'counter',
    help: 'Lines written to the audit file since the start; 0 where there is none.',
  },
  hca_audit_failures_total: {
    type: 'counter',
    help: 'Attempts to write to the audit file that failed; while they do, writes are refused.',
  },
  hca_audit_outcomes_owed: {
    type: 'gauge',
    help: 'Outcomes of writes that are not in the audit file yet.',
  },
  hca_log_lines_dropped_total: {
    type: 'counter',
    help: 'Log lines that were not written, because nobody read them or there was no room.',
  },
  hca_build_info: {
    type: 'gauge',
    together: 'max',
    help: 'Always 1; what runs stands in the labels.',
    labels: ['version', 'node'],
  },
  process_cpu_seconds_total: {
    type: 'counter',
    help: 'Processor time of this process, user and system.',
    unit: 'seconds',
  },
  process_resident_memory_bytes: {
    type: 'gauge',
    help: 'Memory that this process holds.',
    unit: 'bytes',
  },
  process_start_time_seconds: {
    type: 'gauge',
    together: 'min',
    help: 'When this process began, in seconds since 1970.',
    unit: 'seconds',
  },
  nodejs_heap_size_used_bytes: {
    type: 'gauge',
    help: 'Of the memory, what JavaScript objects take.',
    unit: 'bytes',
  },
  nodejs_external_memory_bytes: {
    type: 'gauge',
    help: 'Of the memory, what buffers and the like take.',
    unit: 'bytes',
  },
  nodejs_eventloop_lag_p50_seconds: {
    type: 'gauge',
    together: 'max',
    help: 'How late the event loop was since this was last asked for: half of the time not more.',
    unit: 'seconds',
  },
  nodejs_eventloop_lag_p99_seconds: {
    type: 'gauge',
    together: 'max',
    help: 'How late the event loop was since this was last asked for: 99 % of the time not more.',
    unit: 'seconds',
  },
  nodejs_eventloop_lag_max_seconds: {
    type: 'gauge',
    together: 'max',
    help: 'How late the event loop was since this was last asked for, at worst.',
    unit: 'seconds',
  },
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof metrics

/** Names of one type. */
export type Named<Type extends Metric['type']> = {
  [Name in MetricName]: (typeof metrics)[Name]['type'] extends Type ? Name : never
}[MetricName]
