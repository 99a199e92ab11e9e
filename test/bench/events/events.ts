import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '../../../hub/src/platform/database.ts'
import { startHub } from '../../support/hub-process.ts'
import { openServer } from '../engine/server.ts'
import { startProcess } from '../bench-process.ts'
import { figure, type Bench, type Figures } from '../measure.ts'
import { cpuSeconds } from '../process-figures.ts'
import type { ListenersQuestion, ListenersReport } from './listeners-process.ts'

/**
 * The event stream with 1,000 readers at 1,000 events a second: `own`, each reader one household out of 1,000, and ten that hear
 * all, as in a shop with a console open; `all`, every reader hears everything, a million messages a second. How late the last
 * hundredth is, from the insert's commit to the reader's socket.
 */

const readers = 1_000
const households = 1_000
const perSecond = 1_000
const tick = 100

export const bench: Bench = async ({ quick, part, say, resources }) => {
  const server = await openServer(resources)
  const databaseUrl = await server.create('events')
  const hub = await startHub({
    databaseUrl,
    env: { SUTLER_REQUEST_RATE: '1000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '1000000' },
  })
  resources.defer(() => hub.stop())
  const port = Number(new URL(hub.url).port)
  const sql = connect(databaseUrl, { max: 1 })
  resources.defer(() => sql.end({ timeout: 1 }))
  const requestFor = (query: string): string =>
    [
      `GET /api/v1/events${query} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${hub.connection.token}`,
      'Accept: text/event-stream',
      '\r\n',
    ].join('\r\n')
  const figures: Figures = {}
  const shapes = {
    own: [
      ...Array.from({ length: readers - 10 }, (_, i) => requestFor(`?household=hh-${i}`)),
      ...Array.from({ length: 10 }, () => requestFor('')),
    ],
    all: Array.from({ length: readers }, () => requestFor('')),
  }
  for (const [shape, requests] of Object.entries(shapes)) {
    if (part !== null && part !== shape) continue
    const listeners = startProcess('events/listeners-process.ts')
    resources.defer(() => listeners.stop())
    await listeners.ask<null>({ open: { port, requests } } satisfies ListenersQuestion)
    say(`${shape}: ${requests.length} readers are connected`)
    const [rounds, seconds] = quick ? [2, 3] : [5, 10]
    const lags: number[] = []
    const rates: number[] = []
    let cpu = 0
    // The first warms up.
    for (let round = 0; round <= rounds; round++) {
      const before = cpuSeconds(hub.pid)
      const took = await send(sql, round === 0 ? 2 : seconds)
      await sleep(1_500)
      const report = await listeners.ask<ListenersReport>({ report: true } satisfies ListenersQuestion)
      if (report.closed > 0) throw new Error(`${report.closed} streams were closed`)
      if (round === 0) continue
      cpu += (cpuSeconds(hub.pid) - before) / took
      lags.push(report.p99)
      rates.push(report.heard / took)
      say(
        `${shape}: ${Math.round(report.heard / took)} messages/s, late by ${report.median} ms (median), ${report.p99} (p99), ${report.most} (most), ${(report.bytes / took / 1e6).toFixed(1)} MB/s`,
      )
    }
    figures[`events.${shape}.p99`] = figure(lags, 'ms', {
      against: `${perSecond} events/s, ${readers} readers`,
      goal: '< 1000 ms',
    })
    figures[`events.${shape}.messages`] = figure(rates, '1/s', {
      against: `${(cpu / rounds).toFixed(2)} CPUs of the hub`,
    })
    await listeners.stop()
  }
  return figures
}

/** Writes events at the wanted pace, as modules do: some at a time in one transaction each. @returns seconds */
async function send(sql: ReturnType<typeof connect>, seconds: number): Promise<number> {
  const began = performance.now()
  const each = (perSecond * tick) / 1_000
  for (let turn = 0; turn < (seconds * 1_000) / tick; turn++) {
    const wait = began + turn * tick - performance.now()
    if (wait > 0) await sleep(wait)
    const events = Array.from({ length: each }, (_, i) => {
      const household = `hh-${(turn * each + i) % households}`
      const data = {
        sent: Date.now(),
        order: 'ord-01m8cbad73000fkhjwfv9p',
        service: 'guide',
        version: '1.0.0',
        state: 'confirmed',
      }
      return { type: 'delivery.confirmed', subject: `dlv-${turn}-${i}`, household, data }
    })
    await sql`
      insert into platform_event (tenant, type, subject, household, data)
      select 'main', e->>'type', e->>'subject', e->>'household', e->'data'
      from jsonb_array_elements(${sql.json(events as never)}::jsonb) as e`
  }
  return (performance.now() - began) / 1000
}
