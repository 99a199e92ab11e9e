import { connect } from 'node:net'
import { once } from 'node:events'
import { benchHub } from './bench-hub.ts'
import { startProcess } from './bench-process.ts'
import type { LoadAnswer, LoadQuestion } from './load-process.ts'
import { figure, median, type Bench } from './measure.ts'
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

  const perSecond = async (at: number, milliseconds: number): Promise<number> => {
    const question: LoadQuestion = { port: at, request, connections, milliseconds }
    const { answered, seconds } = await load.ask<LoadAnswer>(question)
    return answered / seconds
  }
  const [rounds, length] = quick ? [3, 700] : [7, 2_000]
  for (const at of [port, barePort]) await perSecond(at, 1_500)
  const own: number[] = []
  const other: number[] = []
  for (let round = 0; round < rounds; round++) {
    other.push(await perSecond(barePort, length))
    own.push(await perSecond(port, length))
    say(`${own.at(-1)!.toFixed(0)} requests per second, bare node:http ${other.at(-1)!.toFixed(0)}`)
  }
  return {
    'api.auth_vs_raw': figure(own, '1/s', {
      against: `bare node:http ${median(other).toFixed(0)} 1/s`,
      ratio: median(own.map((value, round) => value / other[round]!)),
      goal: 'ratio ≥ 0.6',
    }),
  }
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
