import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { request } from 'node:https'
import { connect, type TLSSocket } from 'node:tls'
import { encode, enrolStatement, topics } from '@sutler/wire'
import { certificationRequest, requestInfo, toPem } from '@sutler/wire/der'
import { createMqttClient } from '@sutler/wire/mqtt'
import type { Secure } from './hub-process.ts'

interface Answer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any
}

/** What a device holds, and what a copy of its disk holds. */
export interface DeviceIdentity {
  readonly id: string
  readonly key: KeyObject
  /** With its chain, PEM. */
  readonly certificate: string
}

/** One connection over TLS, with a certificate or without. */
export interface Connection {
  /** CONNACK's return code; `closed` = none came. */
  readonly answer: number | 'closed'
  readonly open: () => boolean
  /** Says hello and waits for its ack. */
  hello(boot: string): Promise<void>
  end(): void
}

/** How devices that do as a test says reach a hub over TLS. @param authority PEM */
export function tlsDevices(hub: Pick<Secure, 'url' | 'mqtt'>, authority: string) {
  const post = (path: string, body: unknown, identity: DeviceIdentity | null = null): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const shown = identity === null ? {} : { cert: identity.certificate, key: pem(identity.key) }
      const headers = { 'content-type': 'application/json' }
      const options = { method: 'POST', ca: authority, agent: false, headers, ...shown }
      const outgoing = request(`${hub.url}${path}`, options, (incoming) => {
        let text = ''
        incoming.setEncoding('utf8').on('data', (part: string) => (text += part))
        incoming.on('end', () => resolve({ status: incoming.statusCode!, body: text === '' ? null : JSON.parse(text) }))
      })
      outgoing.on('error', reject)
      outgoing.end(JSON.stringify(body))
    })

  /** @param name common name of the certification request @param shown a claim’s certificate */
  const ask = (
    claim: string,
    serial: string,
    key: KeyObject,
    name = '',
    shown: DeviceIdentity | null = null,
  ): Promise<Answer> => {
    const info = keyInfo(key)
    const statement = Buffer.from(enrolStatement(claim, serial, info.toString('base64url')))
    const signature = sign(null, statement, key).toString('base64url')
    return post('/api/v1/enrolments', { claim, serial, class: 'phone', csr: csrOf(key, name), signature }, shown)
  }

  return {
    post,
    ask,

    async enrol(claim: string): Promise<DeviceIdentity> {
      const key = newKey()
      const { status, body } = await ask(claim, randomBytes(6).toString('hex'), key)
      if (status !== 201) throw new Error(JSON.stringify(body))
      return { id: body.device, key, certificate: body.certificate }
    },

    /** @param next the key of the new certificate */
    renew: (identity: DeviceIdentity, next = identity.key, name = identity.id): Promise<Answer> =>
      post('/api/v1/enrolments/renewals', { csr: csrOf(next, name) }, identity),

    /** Resolves when the hub has answered, or closed. */
    connect(
      identity: DeviceIdentity | null,
      clientId = identity?.id ?? 'dev-00000000',
      password = '',
    ): Promise<Connection> {
      const { hostname, port } = new URL(hub.mqtt)
      const shown = identity === null ? {} : { cert: identity.certificate, key: pem(identity.key) }
      const socket = connect({ host: hostname, port: Number(port), ca: authority, ...shown })
      return new Promise((resolve) => hold(socket, clientId, password, resolve))
    },
  }
}

function hold(socket: TLSSocket, clientId: string, password: string, resolve: (connection: Connection) => void): void {
  const client = createMqttClient({ clientId, username: clientId, password, keepAliveSeconds: 0 })
  let count = 0
  let acknowledged = (): void => {}
  const connection = (answer: number | 'closed'): Connection => ({
    answer,
    open: () => !socket.closed,
    hello(boot) {
      const taken = new Promise<void>((done) => (acknowledged = done))
      const message = encode({ id: `${boot}-${++count}`, t: 'hello', versions: [1], agent: 'test', boot })
      socket.write(client.publish(topics(clientId).up, message).bytes)
      return Promise.race([taken, new Promise<void>((done) => socket.once('close', () => done()))])
    },
    end: () => void socket.destroy(),
  })
  socket.setNoDelay(true)
  socket.on('secureConnect', () => socket.write(client.connect()))
  socket.on('error', () => socket.destroy())
  socket.on('close', () => resolve(connection('closed')))
  socket.on('data', (bytes) => {
    for (const event of client.receive(bytes)) {
      if (event.kind === 'connected') socket.write(client.subscribe(topics(clientId).down))
      else if (event.kind === 'refused') resolve(connection(event.code))
      else if (event.kind === 'subscribed') resolve(connection(0))
      else if (event.kind === 'message') {
        socket.write(client.puback(event.id))
        acknowledged()
      }
    }
  })
}

export function newKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey
}

/** SubjectPublicKeyInfo. */
function keyInfo(key: KeyObject): Buffer {
  const x = Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')
  return Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), x])
}

export function csrOf(key: KeyObject, name: string): string {
  const info = requestInfo(name, keyInfo(key))
  return toPem('CERTIFICATE REQUEST', certificationRequest(info, 'ed25519', sign(null, info, key)))
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}
