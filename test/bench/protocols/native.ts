import { encode, decodeUp } from '../../../packages/wire/src/index.ts'
import { upSamples } from '../../../packages/wire/src/test/samples.ts'
import { startProcess } from '../bench-process.ts'
import { figure, median, type BenchOptions, type Figure, type Figures } from '../measure.ts'
import { cpuSeconds } from '../process-figures.ts'
import { rounds } from './codec.ts'
import type { MqttLoadAnswer, MqttLoadQuestion } from './mqtt-load-process.ts'
import type { ServerKind, ServerQuestion } from './mqtt-server-process.ts'

/** The native protocol: its messages, the way through the broker with all its guards, and what a connected device costs. */
export async function native(options: BenchOptions): Promise<Figures> {
  return {
    ...(await messages(options)),
    ...(await brokerPath(options)),
    ...(await memory(options)),
  }
}

async function messages(options: BenchOptions): Promise<Figures> {
  const outcome = upSamples.find(({ t }) => t === 'outcome')!
  const bytes = encode(outcome)
  const text = JSON.stringify(outcome)
  return {
    'native.decode': rounds(
      () => decodeUp(bytes),
      () => JSON.parse(text) as unknown,
      'JSON.parse, unchecked',
      options,
    ),
    'native.encode': rounds(
      () => encode(outcome),
      () => JSON.stringify(outcome),
      'JSON.stringify',
      options,
    ),
  }
}

interface Side {
  readonly port: number
  readonly pid: number
  readonly rates: number[]
  acknowledged: number
  cpu: number
}

/** Progress messages of 20 devices at QoS 1, taken by the native protocol; beside Aedes with no guard and nobody who reads. */
async function brokerPath({ quick, say, resources }: BenchOptions): Promise<Figures> {
  const load = startProcess('protocols/mqtt-load-process.ts')
  resources.defer(() => load.stop())
  const sideOf = async (start: ServerKind): Promise<Side> => {
    const server = startProcess('protocols/mqtt-server-process.ts', ['--max-semi-space-size=2'])
    resources.defer(() => server.stop())
    const port = await server.ask<number>({ start } satisfies ServerQuestion)
    return { port, pid: server.pid, rates: [], acknowledged: 0, cpu: 0 }
  }
  const [own, other, five] = [await sideOf('hub'), await sideOf('aedes'), await sideOf('hub')]
  const [count, milliseconds] = quick ? [5, 600] : [15, 1_000]
  for (let round = 0; round <= count; round++)
    for (const side of [other, own, five]) {
      const before = cpuSeconds(side.pid)
      const version = side === five ? 5 : 4
      const question = { port: side.port, devices: 20, inFlight: 10, milliseconds, version } satisfies MqttLoadQuestion
      const { acknowledged, seconds } = await load.ask<MqttLoadAnswer>(question)
      // The first round warms all of them up.
      if (round === 0) continue
      side.rates.push(acknowledged / seconds)
      side.acknowledged += acknowledged
      side.cpu += cpuSeconds(side.pid) - before
    }
  const micros = ({ cpu, acknowledged }: Side): number => (cpu * 1e6) / acknowledged
  say(
    `${median(own.rates).toFixed(0)} publishes/s through the guards, ${median(other.rates).toFixed(0)} through bare Aedes`,
  )
  const against = (side: Side): Figure =>
    figure(side.rates, '1/s', {
      against: `bare Aedes ${median(other.rates).toFixed(0)} 1/s`,
      ratio: median(side.rates.map((rate, round) => rate / other.rates[round]!)),
      goal: 'ratio ≥ 0.8',
    })
  return {
    'native.broker_publishes': against(own),
    'native.broker_publishes_mqtt5': against(five),
    'native.broker_cpu': figure([micros(own)], 'µs', {
      against: `bare Aedes ${micros(other).toFixed(1)} µs`,
      ratio: micros(own) / micros(other),
    }),
  }
}

/**
 * Resident memory of a device that is connected and subscribed, after a collection that compacts, beyond that of a socket that
 * something was read from.
 */
async function memory({ quick, resources }: BenchOptions): Promise<Figures> {
  const devices = quick ? 2_000 : 5_000
  const each = async (start: ServerKind): Promise<number> => {
    const load = startProcess('protocols/mqtt-load-process.ts')
    const server = startProcess('protocols/mqtt-server-process.ts', ['--max-semi-space-size=2', '--expose-gc'])
    for (const program of [load, server]) resources.defer(() => program.stop())
    const port = await server.ask<number>({ start } satisfies ServerQuestion)
    const before = await server.ask<number>({ memory: true } satisfies ServerQuestion)
    const up = await load.ask<number>({ port, devices, idle: true } satisfies MqttLoadQuestion)
    const after = await server.ask<number>({ memory: true } satisfies ServerQuestion)
    if (up < devices) throw new Error(`${up} of ${devices} devices were connected`)
    await load.stop()
    return (after - before) / devices / 1024
  }
  const [own, socket] = [await each('hub'), await each('sockets')]
  return {
    'native.memory_per_device': figure([own - socket], 'KB', {
      against: `${own.toFixed(1)} KB with the socket, which alone costs ${socket.toFixed(1)} KB`,
      goal: '≤ 12 KB over the socket',
    }),
  }
}
