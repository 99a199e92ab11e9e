import { connect } from 'node:net'
import { once } from 'node:events'
import { benchHub } from './bench-hub.ts'
import { startProcess } from './bench-process.ts'
import type { LoadAnswer, LoadQuestion } from './load-process.ts'
import { figure, median, type Bench, type Figures } from './measure.ts'
import { cpuSeconds } from './process-figures.ts'
import { exchange } from './raw-http.ts'

/**
 * Small authenticated requests: `GET /api/v1/me` on 48 connections, against a bare `node:http` server in a process of its
 * own that sends the same bytes without looking at the request. Load comes from a third process; rounds alternate.
 */

const connections = 48

export const bench: Bench = async ({ quick, say, resources }) => {
  const hub = await benchHub({ resources })
  const port = Number(new URL(hub.url).port)
  const request = [
    'GET /api/v1/me HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${hub.connection.token}`,
    'Accept: application/json',
    '\r\n',
  ].join('\r\n')
  const bare = startProcess('raw-json-server.ts')
  const load = startProcess('load-process.ts')
  for (const program of [bare, load]) resources.defer(() => program.stop())
  const barePort = await bare.ask<number>(await sameAnswer(port, request))

  const own: Side = { port, pid: hub.pid, rates: [], answered: 0, cpu: 0 }
  const other: Side = { port: barePort, pid: bare.pid, rates: [], answered: 0, cpu: 0 }
  const [rounds, milliseconds] = quick ? [6, 400] : [21, 700]
  // The first round warms all of them up.
  for (let round = 0; round <= rounds; round++)
    for (const side of [other, own]) {
      const before = cpuSeconds(side.pid)
      const question: LoadQuestion = { port: side.port, request, connections, milliseconds }
      const { answered, seconds } = await load.ask<LoadAnswer>(question)
      if (round === 0) continue
      side.rates.push(answered / seconds)
      side.answered += answered
      side.cpu += cpuSeconds(side.pid) - before
    }
  say(`${inWords(own)}; bare node:http ${inWords(other)}`)
  return {
    'api.auth_vs_raw': figure(own.rates, '1/s', {
      against: `bare node:http ${inWords(other)}`,
      ratio: median(own.rates.map((value, round) => value / other.rates[round]!)),
      goal: 'ratio ≥ 0.6',
    }),
    ...cpuFigure(own, other),
  }
}

/** One of the two servers and what was measured of it. */
interface Side {
  readonly port: number
  readonly pid: number
  readonly rates: number[]
  answered: number
  /** Seconds. */
  cpu: number
}

function inWords({ rates }: Side): string {
  return `${median(rates).toFixed(0)} 1/s`
}

/** CPU time of a request: unlike the rate it hardly depends on what else the machine does. */
function cpuFigure(own: Side, other: Side): Figures {
  if (own.cpu === 0 || other.cpu === 0) return {}
  const [value, raw] = [own, other].map(({ cpu, answered }) => (cpu * 1e6) / answered) as [number, number]
  const against = `bare node:http ${raw.toFixed(0)} µs`
  return { 'api.auth_cpu': figure([value], 'µs', { against, ratio: value / raw }) }
}

/** The hub's answer as the bare server is to give it; Node itself adds Date, Connection and Keep-Alive to both. */
async function sameAnswer(port: number, request: string): Promise<{ headers: Record<string, string>; body: string }> {
  const socket = connect({ host: '127.0.0.1', port })
  await once(socket, 'connect')
  const text = (await exchange(socket, request)).toString()
  socket.destroy()
  const [head = '', body = ''] = text.split('\r\n\r\n', 2)
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(text)
  const fields = head
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(': ', 2) as [string, string])
  return {
    headers: Object.fromEntries(fields.filter(([name]) => !/^(date|connection|keep-alive)$/i.test(name))),
    body,
  }
}
