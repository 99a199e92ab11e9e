import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { answer } from '@sutler/client'
import { connectPassword, connectStatement, decodeDown, encode, enrolStatement, topics, type Offer } from '@sutler/wire'
import { createMqttClient, type MqttClient } from '@sutler/wire/mqtt'
import type { HubProcess } from '../support/hub-process.ts'
import type { BenchOptions } from './measure.ts'

/** An offer must come within this, milliseconds. */
const deadline = 20_000

/**
 * Enrols a set-top box that never installs anything, orders the service for it and returns the offer it gets: with it the
 * link by which this device, and no other, may fetch the files.
 */
export async function offerOf(
  { resources }: Pick<BenchOptions, 'resources'>,
  hub: HubProcess,
  service: string,
): Promise<Offer> {
  const household = answer(await hub.api.POST('/api/v1/households', { body: { name: 'Bench', timeZone: 'UTC' } })).id
  const { claim } = answer(await hub.api.POST('/api/v1/claims', { body: { household } }))
  const device = await enrol(hub, claim)
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(hub.mqtt).port), noDelay: true })
  resources.defer(() => void socket.destroy())
  await once(socket, 'connect')
  const offered = firstOffer(socket, device.id, device.password)
  await hub.api.POST('/api/v1/orders', { body: { household, items: [{ action: 'add', service }] } })
  return offered
}

async function enrol(hub: HubProcess, claim: string): Promise<{ id: string; password: string }> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'jwk' }).x!
  const signed = (statement: string): string => sign(null, Buffer.from(statement), privateKey).toString('base64url')
  const serial = 'bench-1'
  const body = {
    claim,
    serial,
    class: 'set-top-box' as const,
    publicKey: key,
    signature: signed(enrolStatement(claim, serial, key)),
  }
  const enrolled = answer(await hub.api.POST('/api/v1/enrolments', { body }))
  const time = Date.now()
  const nonce = randomBytes(16).toString('base64url')
  const signature = signed(connectStatement(enrolled.hub, enrolled.device, time, nonce))
  return { id: enrolled.device, password: connectPassword(time, nonce, signature) }
}

/** Connects, says hello and waits. @throws Error when refused or when no offer comes */
function firstOffer(socket: Socket, device: string, password: string): Promise<Offer> {
  const mqtt = createMqttClient({ clientId: device, username: device, password, keepAliveSeconds: 600 })
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => void socket.destroy(new Error(why))
    const timer = setTimeout(() => fail(`no offer came for ${device}`), deadline)
    socket.on('error', reject).on('close', () => reject(new Error(`the hub closed the connection of ${device}`)))
    socket.on('data', (bytes) => {
      for (const event of mqtt.receive(bytes)) {
        if (event.kind === 'refused') fail(`${device} was refused (${event.code})`)
        else if (event.kind === 'connected') socket.write(mqtt.subscribe(topics(device).down))
        else if (event.kind === 'subscribed') sayHello(socket, mqtt, device)
        else if (event.kind === 'message') {
          const message = decodeDown(event.payload)
          if (message.t !== 'offer') continue
          clearTimeout(timer)
          socket.write(mqtt.publish(topics(device).up, encode({ t: 'ack', re: [message.id] })).bytes)
          resolve(message)
        }
      }
    })
    socket.write(mqtt.connect())
  })
}

function sayHello(socket: Socket, mqtt: MqttClient, device: string): void {
  const hello = encode({ id: 'hello', t: 'hello', versions: [1], agent: 'bench', boot: 'bench' })
  socket.write(mqtt.publish(topics(device).up, hello).bytes)
}
