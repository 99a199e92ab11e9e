import { connect, type MqttClient } from 'mqtt'
import { WebSocket } from 'ws'

/** A connection of a simulated agent. */
export interface Wire {
  readonly kind: 'mqtt' | 'websocket'
  send(record: Buffer): void
  /** Ends without a word. */
  cut(): void
}

export interface WireEvents {
  record(bytes: Buffer): void
  closed(why: string): void
}

export type Access =
  | { readonly over: 'websocket'; readonly url: string; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly over: 'mqtt'
      readonly url: string
      readonly version: 4 | 5
      readonly password: string
      readonly username?: string
    }

/** @throws Error when the hub or broker does not let it in */
export function open(endpoint: string, access: Access, events: WireEvents): Promise<Wire> {
  return access.over === 'websocket' ? openWebSocket(endpoint, access, events) : openMqtt(endpoint, access, events)
}

async function openWebSocket(
  endpoint: string,
  { url, headers = {} }: Extract<Access, { over: 'websocket' }>,
  events: WireEvents,
): Promise<Wire> {
  const socket = new WebSocket(`${url}?eid=${encodeURIComponent(endpoint)}`, 'v1.usp', { headers })
  socket.on('message', (data) => events.record(data as Buffer))
  socket.on('close', (code) => events.closed(String(code)))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => socket.terminate())
  return { kind: 'websocket', send: (record) => socket.send(record), cut: () => socket.terminate() }
}

async function openMqtt(
  endpoint: string,
  { url, version, password, username = endpoint }: Extract<Access, { over: 'mqtt' }>,
  events: WireEvents,
): Promise<Wire> {
  const agent = `usp/${endpoint}/agent`
  const controller = `usp/${endpoint}/controller`
  const client: MqttClient = connect(url, {
    protocolVersion: version,
    clientId: endpoint,
    username,
    password,
    reconnectPeriod: 0,
    ...(version === 5 && { properties: { userProperties: { 'usp-endpoint-id': endpoint } } }),
  })
  client.on('message', (_topic, payload) => events.record(payload))
  client.on('close', () => events.closed('mqtt'))
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve())
    client.once('error', reject)
    client.once('close', () => reject(new Error('the broker has closed the connection')))
  })
  client.on('error', () => client.end(true))
  await client.subscribeAsync(version === 5 ? agent : `${agent}/#`, { qos: 1 })
  const replyTo = `${controller}/reply-to=${agent.replaceAll('/', '%2F')}`
  const properties = { contentType: 'usp.msg', responseTopic: agent }
  return {
    kind: 'mqtt',
    send: (record) =>
      void (version === 5
        ? client.publish(controller, record, { qos: 1, properties })
        : client.publish(replyTo, record, { qos: 1 })),
    cut: () => client.end(true),
  }
}
