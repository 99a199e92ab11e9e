import { ServerResponse, type OutgoingHttpHeaders } from 'node:http'
import type { Clock } from '../clock.ts'
import type { Metrics } from '../metrics.ts'
import type { Incoming } from './bindings.ts'

const noPage = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Seconds. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** What the web server measures of its requests; added up in plain numbers, shown by /metrics. */
export interface RequestMeasure {
  started(): number
  answered(status: number, started: number, url: string | undefined): void
}

/**
 * The class of responses of this hub. The headers that every answer has, and measuring, are done where the head is written:
 * `setHeader` and event listeners per request would cost a small request a sixth of its throughput.
 */
export function hubResponse(measure: RequestMeasure): typeof ServerResponse<Incoming> {
  return class HubResponse extends ServerResponse<Incoming> {
    readonly #started = measure.started()

    override writeHead(status: number, reason?: unknown, headers?: unknown): this {
      const given = (typeof reason === 'string' ? headers : reason) as OutgoingHttpHeaders | unknown[] | undefined
      measure.answered(status, this.#started, this.req.url)
      if (Array.isArray(given)) return super.writeHead(status, given as string[])
      const all = given ?? {}
      all['x-request-id'] = this.req.requestId
      all['x-content-type-options'] = 'nosniff'
      if (this.req.decision !== undefined) all['sutler-decision'] = this.req.decision
      all['referrer-policy'] = 'no-referrer'
      // What is no page has nothing to load, to run or to be framed by; pages say more themselves.
      all['content-security-policy'] ??= noPage
      // An answer is for whoever asked, and for now; what may be kept says so.
      all['cache-control'] ??= 'no-store'
      if (overTls(this.req)) all['strict-transport-security'] = 'max-age=31536000'
      return super.writeHead(status, all)
    }
  }
}

/** Not on the machine's own name: there other programs may serve without TLS. */
function overTls({ socket, headers }: Incoming): boolean {
  return 'encrypted' in socket && !/^localhost\b/.test(headers.host ?? '')
}

/**
 * Registers `sutler_http_requests_total`, `sutler_http_face_requests_total` and `sutler_http_request_seconds` and returns what feeds
 * them.
 * @param faces prefixes of interfaces that are counted for themselves, too
 */
export function measureRequests(metrics: Metrics, clock: Clock, faces: readonly string[]): RequestMeasure {
  const classes = [0, 0, 0, 0, 0, 0]
  const classesOf = faces.map((face) => ({ face, beginning: `${face}/`, classes: classes.slice() }))
  const counts = buckets.map(() => 0)
  const total = { count: 0, seconds: 0 }
  register(metrics, 'sutler_http_requests_total', 'Answered requests by class of status', 'counter', () =>
    byClass(classes, {}),
  )
  register(metrics, 'sutler_http_face_requests_total', 'Those of them to other interfaces', 'counter', () =>
    classesOf.flatMap((each) => byClass(each.classes, { face: each.face })),
  )
  const name = 'sutler_http_request_seconds'
  register(metrics, name, 'From the head of a request to the head of its answer', 'histogram', () => [
    ...[...buckets, '+Inf'].map((le, i) => ({
      metricName: `${name}_bucket`,
      labels: { le },
      value: i < counts.length ? counts.slice(0, i + 1).reduce((a, b) => a + b, 0) : total.count,
    })),
    { metricName: `${name}_sum`, labels: {}, value: total.seconds },
    { metricName: `${name}_count`, labels: {}, value: total.count },
  ])
  return {
    started: () => clock.monotonic(),
    answered(status, started, url) {
      const seconds = (clock.monotonic() - started) / 1000
      const ofStatus = Math.floor(status / 100)
      classes[ofStatus]!++
      const face = classesOf.find(({ beginning }) => url?.startsWith(beginning))
      if (face !== undefined) face.classes[ofStatus]!++
      total.count++
      total.seconds += seconds
      const bucket = buckets.findIndex((bound) => seconds <= bound)
      if (bucket !== -1) counts[bucket]!++
    },
  }
}

function byClass(classes: readonly number[], labels: Readonly<Record<string, string>>): object[] {
  return classes.flatMap((value, i) => (value > 0 ? [{ labels: { ...labels, class: `${i}xx` }, value }] : []))
}

/** A metric that is computed when it is asked for. prom-client's own classes hash labels at every observation. */
function register(metrics: Metrics, name: string, help: string, type: string, values: () => object[]): void {
  const metric = {
    name,
    help,
    type,
    aggregator: 'sum',
    get: async () => ({ name, help, type, aggregator: 'sum', values: values() }),
  }
  metrics.registerMetric(metric as never)
}
