import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import mqttPacket from 'mqtt-packet'
import { encode } from '../../../packages/wire/src/index.ts'
import { serveParent } from '../bench-process.ts'

/** Devices that publish, each with so many publishes in flight; or that are connected and only wait. */
export type MqttLoadQuestion = { readonly port: number; readonly devices: number } & (
  | { readonly inFlight: number; readonly milliseconds: number; readonly version: 4 | 5 }
  | { readonly idle: true }
)

export interface MqttLoadAnswer {
  /** Publishes that were acknowledged by PUBACK. */
  readonly acknowledged: number
  readonly seconds: number
}

const sockets: Socket[] = []

/** One device: connects, subscribes to its topic, and hears of every packet. */
function device(
  port: number,
  id: string,
  version: 4 | 5,
  heard: (packet: mqttPacket.Packet) => void,
): (packet: object) => void {
  const socket = connect({ port, noDelay: true })
  sockets.push(socket.on('error', () => {}))
  const parser = mqttPacket.parser({ protocolVersion: version } as never)
  parser.on('packet', heard)
  socket.on('data', (bytes) => parser.parse(bytes))
  const send = (packet: object): void =>
    void socket.write(mqttPacket.generate(packet as never, { protocolVersion: version } as never))
  const login = { clientId: id, username: id, password: Buffer.from('x'), clean: true, keepalive: 3_000 }
  send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: version, ...login })
  return send
}

async function publish(question: Extract<MqttLoadQuestion, { inFlight: number }>): Promise<MqttLoadAnswer> {
  let acknowledged = 0
  for (let number = 0; number < question.devices; number++) {
    const id = `dev-load-${String(number).padStart(6, '0')}`
    let sent = 0
    const next = (): void => {
      const payload = encode({
        id: `${number}-${++sent}`,
        t: 'progress',
        delivery: 'dlv-1',
        stage: 'downloading',
        done: sent,
        total: 1e9,
      })
      const rest = { messageId: (sent % 60_000) + 1, payload: Buffer.from(payload), qos: 1, dup: false, retain: false }
      send({ cmd: 'publish', topic: `sutler/1/${id}/up`, ...rest })
    }
    const send = device(question.port, id, question.version, ({ cmd }) => {
      if (cmd === 'connack') for (let each = 0; each < question.inFlight; each++) next()
      if (cmd !== 'puback') return
      acknowledged++
      next()
    })
  }
  const began = performance.now()
  await sleep(question.milliseconds)
  const seconds = (performance.now() - began) / 1000
  for (const socket of sockets.splice(0)) socket.destroy()
  return { acknowledged, seconds }
}

async function wait({ port, devices }: MqttLoadQuestion): Promise<number> {
  const up = new Set<string>()
  for (let number = 0; number < devices; number++) {
    const id = `dev-idle-${String(number).padStart(6, '0')}`
    const topic = `sutler/1/${id}/down`
    const send = device(port, id, 4, ({ cmd }) => {
      if (cmd !== 'connack') return
      up.add(id)
      send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }] })
    })
    if (number % 100 === 99) await sleep(20)
  }
  for (let turn = 0; up.size < devices && turn < 200; turn++) await sleep(50)
  await sleep(500)
  return up.size
}

serveParent(
  (question: MqttLoadQuestion) => ('idle' in question ? wait(question) : publish(question)) as Promise<unknown>,
)
