import { once, type EventEmitter } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { connect, type IClientOptions, type IConnackPacket, type MqttClient } from 'mqtt'

/** Real clients of one broker, which all end together. */
export interface MqttClients {
  /** Begins to connect; its errors are for whoever listens. */
  start(id: string, options?: IClientOptions): MqttClient
  /** A native device that listens to what the hub sends it. */
  device(id: string, options?: IClientOptions): Promise<{ client: MqttClient; connack: IConnackPacket }>
  /** How the broker answers a CONNECT: the code of its refusal, `connected`, or `closed` without an answer. */
  refusal(id: string, options?: IClientOptions): Promise<number | string>
  /** A connection on which the test itself writes the bytes. */
  raw(): Socket
  end(): Promise<void>
}

/** @param port asked at each connection: the broker may begin to listen later */
export function mqttClients(port: () => number, version: 4 | 5): MqttClients {
  const clients: MqttClient[] = []
  const sockets: Socket[] = []
  const start = (id: string, options: IClientOptions = {}): MqttClient => {
    const who = { clientId: id, username: id, password: 'good' }
    const given = { ...who, reconnectPeriod: 0, protocolVersion: version, ...options }
    const client = connect(`mqtt://127.0.0.1:${port()}`, given)
    client.on('error', () => {})
    clients.push(client)
    return client
  }
  return {
    start,
    async device(id, options) {
      const client = start(id, options)
      const [connack] = (await event(client, 'connect')) as [IConnackPacket]
      await client.subscribeAsync(`sutler/1/${id}/down`, { qos: 1 })
      return { client, connack }
    },
    refusal(id, options) {
      const client = start(id, options)
      return new Promise((resolve) => {
        client.on('error', (error) => resolve('code' in error ? (error.code as number) : error.message))
        client.on('close', () => resolve('closed'))
        client.on('connect', () => resolve('connected'))
      })
    },
    raw() {
      const socket = connectSocket(port(), '127.0.0.1')
      socket.on('error', () => {})
      sockets.push(socket)
      return socket
    },
    async end() {
      for (const socket of sockets.splice(0)) socket.destroy()
      await Promise.all(clients.splice(0).map((client) => client.endAsync(true)))
    },
  }
}

/** mqtt.js types its events too narrowly for `once`. */
export function event(client: MqttClient, name: string): Promise<unknown[]> {
  return once(client as unknown as EventEmitter, name)
}
