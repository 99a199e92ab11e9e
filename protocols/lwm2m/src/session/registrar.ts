import { decodeContent } from '../wire/content.ts'
import { Lwm2mWireError } from '../errors.ts'
import { typeOf } from '../mapping/object-types.ts'
import { answer } from '../wire/numbers.ts'
import { comeAgain, created } from './interface.ts'
import { keep } from './keep.ts'
import { Memory } from './memory.ts'
import type { ProtocolHost } from '@sutler/device-model'
import type { Clock } from '../clock.ts'
import type { Path } from '../transport/path.ts'
import type { Entry } from '../wire/values.ts'
import type { DeviceSession } from './device-session.ts'
import type { Asked, Reply } from './interface.ts'
import type { Registration } from './registration.ts'
import type { Objects, RegistrationRequest, UpdateRequest } from './registration-request.ts'
import type { Registry } from './registry.ts'

export interface RegistrarDeps {
  readonly host: ProtocolHost
  readonly clock: Clock
  readonly registry: Registry
  /** Unpredictable, in letters that a path may have, at most 32 of them: clients are seen that keep no more. */
  readonly location: () => string
  /** Stands for the network that a listener without security is on; null = such devices are refused. */
  readonly plainToken: string | null
  readonly open: (registration: Registration, memory: Memory) => DeviceSession
  readonly reached: (session: DeviceSession) => void
  readonly gone: (session: DeviceSession) => Promise<void>
}

/** A device that somebody has yet to accept may ask again after this; seconds. */
const askAgain = 60

/** Registration of clients (OMA LwM2M Core 1.2, 6.2). */
export class Registrar {
  readonly #deps: RegistrarDeps
  /** A device's registrations are taken one after the other. */
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(deps: RegistrarDeps) {
    this.#deps = deps
  }

  async answer(path: Path, asked: Asked): Promise<Reply> {
    switch (asked.kind) {
      case 'register':
        return this.#register(path, asked.request)
      case 'update':
        return this.#update(path, asked.location, asked.request)
      case 'deregister':
        return this.#deregister(path, asked.location)
      case 'send':
        return this.#send(path, asked.contentFormat, asked.payload)
    }
  }

  async #register(path: Path, request: RegistrationRequest): Promise<Reply> {
    // The security layer's name stands in for an endpoint name that is left out (since 1.1).
    const identity = request.endpoint ?? path.identity
    if (identity === null) return { code: answer.badRequest }
    const { plainToken, host } = this.#deps
    if (path.identity === null && plainToken === null) return { code: answer.forbidden }
    const proof = path.identity === null ? { gatewayToken: plainToken! } : { preShared: path.identity }
    const says = { endpoint: identity, version: request.version, objects: wordsOf(request.objects) }
    const address = addressOf(path)
    const who = await host.authenticate({ protocol: 'lwm2m', identity, proof, address, says })
    if ('waiting' in who) return comeAgain(askAgain)
    if ('refused' in who) return who.retryAfter ? comeAgain(who.retryAfter) : { code: answer.forbidden }
    return this.#inTurn(who.device, async () => {
      const known = { id: this.#deps.location(), device: who.device, deviceClass: who.class }
      const { version, lifetime, queue, objects } = request
      const heard = this.#deps.clock.now()
      const session = await this.#begin({
        ...known,
        endpoint: identity,
        version,
        path,
        lifetime,
        queue,
        objects,
        heard,
      })
      return { ...created(known.id), after: () => this.#deps.reached(session) }
    })
  }

  async #begin(registration: Registration): Promise<DeviceSession> {
    const { host, registry, open } = this.#deps
    const before = registry.ofDevice(registration.device)
    if (before) {
      registry.remove(before)
      await before.end()
    }
    const memory = before?.memory ?? (await Memory.of(host, registration.device))
    await keep(memory, registration)
    const agent = `lwm2m/${registration.version} ${registration.endpoint}`
    await host.inputs(registration.device, [{ id: `${registration.id}-hello`, kind: 'hello', agent, boot: '' }])
    const session = open(registration, memory)
    registry.add(session)
    return session
  }

  async #update(path: Path, location: string, request: UpdateRequest): Promise<Reply> {
    const session = this.#deps.registry.ofLocation(location, path)
    if (!session) return { code: answer.notFound }
    const { registration } = session
    const moved = registration.path !== path
    if (moved) this.#deps.registry.move(session, path)
    registration.heard = this.#deps.clock.now()
    registration.lifetime = request.lifetime ?? registration.lifetime
    registration.queue = request.queue ?? registration.queue
    registration.objects = request.objects ?? registration.objects
    if (moved || Object.keys(request).length > 0) await session.keepRegistration()
    const after = () => {
      this.#deps.reached(session)
      session.heard(request.objects !== undefined)
    }
    return { code: answer.changed, after }
  }

  async #deregister(path: Path, location: string): Promise<Reply> {
    const session = this.#deps.registry.ofLocation(location, path)
    if (!session) return { code: answer.notFound }
    const { registration, device } = session
    await this.#deps.host.inputs(device, [{ id: `${registration.id}-bye`, kind: 'bye' }])
    await this.#deps.gone(session)
    return { code: answer.deleted }
  }

  /** OMA LwM2M Core 1.2, 6.4.5: values that a client sends unasked. */
  async #send(path: Path, contentFormat: number, payload: Uint8Array): Promise<Reply> {
    const session = this.#deps.registry.ofPath(path)
    if (!session) return { code: answer.notFound }
    let entries: Entry[]
    try {
      entries = decodeContent(payload, contentFormat, '/', typeOf)
    } catch (error) {
      if (error instanceof Lwm2mWireError) return { code: answer.badRequest }
      throw error
    }
    session.registration.heard = this.#deps.clock.now()
    this.#deps.reached(session)
    await session.told(entries)
    return { code: answer.changed }
  }

  #inTurn<T>(device: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(device) ?? Promise.resolve()).then(work, work)
    // The next in turn goes on whatever became of this one.
    const settled = turn.catch(() => {})
    this.#turns.set(device, settled)
    void settled.finally(() => {
      if (this.#turns.get(device) === settled) this.#turns.delete(device)
    })
    return turn
  }
}

function wordsOf(objects: Objects): string {
  return [...objects]
    .slice(0, 64)
    .map(([object, { version }]) => `${object}@${version}`)
    .join(' ')
}

/** Without the port: guesses are limited by where they come from. */
function addressOf({ key, address }: Path): string {
  return address?.host ?? key.slice(key.indexOf(' ') + 1).replace(/:\d+$/, '')
}
