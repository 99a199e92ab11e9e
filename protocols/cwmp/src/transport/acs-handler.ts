import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Acs, type Answer } from '../acs.ts'
import { OvertakenError } from '../acs-session.ts'
import { CwmpError } from '../errors.ts'
import { Sessions } from '../sessions.ts'
import { credentialsOf, type Credentials } from '../wire/http/credentials.ts'
import { decode, type CpeEnvelope } from '../wire/decode.ts'
import { BodyProblem, readBody } from './body.ts'
import { callerOf, type Caller } from './caller.ts'
import { sessionName, uuidOf } from './crypto.ts'
import { send, soap, text, type Reply } from './handler.ts'
import { Nonces } from './nonces.ts'
import { informTimeOf, ParameterKeys } from './parameter-keys.ts'
import { fileAccess } from './tickets.ts'
import type { CwmpOptions, CwmpProblem } from '../options.ts'
import type { Settings } from '../session/situation.ts'
import type { Inform } from '../wire/values.ts'
import type { EnrolAnswer, IdentityProof, ProtocolHost } from '@sutler/device-model'

export const realm = 'sutler'
/** Bytes of one message. */
const bodyLimit = 2_000_000
/** Milliseconds that a message may take to arrive. */
const bodyDeadline = 30_000
/** Milliseconds that a device may take for its next message. */
const sessionPatience = 60_000
const cookieName = 'sutler-cwmp'
/** As clients of RFC 2109 write it too: `$Version=1; sutler-cwmp="…"`. */
const sessionCookie = /(?:^|[;,])\s*\$?sutler-cwmp="?([0-9a-f]{32})"?/

/** `POST /cwmp`: HTTP as TR-069 3.4 has it, around the sessions. */
export class AcsHandler {
  readonly #options: CwmpOptions
  readonly #host: ProtocolHost
  readonly #acs: Acs
  readonly #sessions: Sessions
  readonly #nonces: Nonces
  readonly #parameterKeys: ParameterKeys
  /** Clients that send no cookie back keep their connection. */
  readonly #byConnection = new WeakMap<Socket, string>()
  readonly #report: (problem: CwmpProblem) => void

  constructor(host: ProtocolHost, options: CwmpOptions) {
    this.#options = options
    this.#host = host
    this.#acs = new Acs(host)
    this.#sessions = new Sessions(options.sessionLimit, sessionPatience, () => options.clock.monotonic())
    this.#nonces = new Nonces(options.key, () => options.clock.now())
    this.#parameterKeys = new ParameterKeys(options.key, options.informInterval)
    this.#report = (problem) => options.onProblem?.(problem)
  }

  end(): Promise<void> {
    return this.#sessions.end()
  }

  /** The session of a device that may not come in any more is over with its next request. */
  cutOff(device: string): void {
    this.#sessions.cutOff(device)
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    send(response, await this.#replyTo(request))
  }

  async #replyTo(request: IncomingMessage): Promise<Reply> {
    if (request.method !== 'POST')
      return { ...text(405, 'Devices speak to this address by POST.', { allow: 'POST' }), close: true }
    try {
      const body = await readBody(request, bodyLimit, bodyDeadline)
      const envelope = body.length === 0 ? null : decode(body)
      if (envelope?.body.kind === 'request' && envelope.body.request.method === 'Inform')
        return await this.#informed(request, envelope, envelope.body.request)
      return await this.#continued(request, envelope)
    } catch (error) {
      return this.#failed(request, error)
    }
  }

  #failed(request: IncomingMessage, error: unknown): Reply {
    if (error instanceof BodyProblem) return error.reply
    if (error instanceof CwmpError) {
      this.#report({ kind: 'unreadable', device: this.#deviceOf(request), detail: error.message, cause: error })
      return { ...text(400, error.message), close: true }
    }
    if (error instanceof OvertakenError) {
      this.#report({ kind: 'overtaken', device: error.device, detail: error.message })
      return later(5, 30)
    }
    this.#report({ kind: 'failed', device: this.#deviceOf(request), detail: 'a message was not taken', cause: error })
    return later(5, 30)
  }

  async #continued(request: IncomingMessage, envelope: CpeEnvelope | null): Promise<Reply> {
    const id = this.#sessionOf(request)
    const answer = id === null ? null : await this.#sessions.with(id, (session) => this.#acs.take(session, envelope))
    if (answer === null || id === null)
      return { ...text(400, 'No session is open: a session begins with an Inform.'), close: true }
    if (answer.kind !== 'message' && !(answer.kind === 'end' && answer.open)) this.#ended(request, id, answer)
    return replyOf(answer)
  }

  #ended(request: IncomingMessage, id: string, answer: Answer): void {
    if (answer.kind === 'refuse' || answer.kind === 'later')
      this.#report({
        kind: answer.kind === 'refuse' ? 'refused' : 'overtaken',
        device: this.#deviceOf(request),
        detail: answer.detail,
      })
    this.#sessions.close(id)
    this.#byConnection.delete(request.socket)
  }

  async #informed(request: IncomingMessage, envelope: CpeEnvelope, inform: Inform): Promise<Reply> {
    const caller = callerOf(request, this.#options.front)
    const { address } = caller
    const credentials = credentialsOf(request.headers.authorization)
    const proof = this.#proofOf(credentials, caller)
    if (proof === null) return this.#challenge(address, credentials?.scheme === 'digest')
    const identity = identityOf(inform)
    const known = await this.#host.authenticate({ protocol: 'cwmp', identity, proof, address, says: saysOf(inform) })
    if (!('device' in known)) return this.#notKnown(known, address)
    if (!this.#sessions.admits(known.device)) return later(30, 300)
    const session = sessionName()
    const settings = await this.#settings(request, caller, known.device, identity)
    const opened = await this.#acs.open(
      { id: known.device, class: known.class, identity },
      envelope,
      inform,
      settings,
      session,
    )
    this.#sessions.open(opened.session)
    this.#byConnection.set(request.socket, session)
    this.#host.seen(known.device, this.#options.informInterval * 2500)
    const reply = replyOf(opened.answer)
    return { ...reply, headers: { ...reply.headers, 'set-cookie': `${cookieName}=${session}; Path=/cwmp; HttpOnly` } }
  }

  /** What the request shows, in the hub's form; null where it has to show it yet, or again. */
  #proofOf(credentials: Credentials | null, { address, encrypted }: Caller): IdentityProof | null {
    if (credentials === null) return null
    if (credentials.scheme === 'basic') {
      const taken = this.#options.basic === 'always' || (this.#options.basic === 'encrypted' && encrypted)
      return taken ? { password: credentials.password, username: credentials.username } : null
    }
    if (credentials.realm !== realm || this.#nonces.judge(credentials, address) !== 'good') return null
    const { username, nonce, uri, qop, response, algorithm } = credentials
    const counted = qop && { qop: qop.name, nc: qop.count, cnonce: qop.cnonce }
    return { digest: { username, realm, nonce, uri, method: 'POST', ...counted, response, algorithm } }
  }

  #notKnown(known: Exclude<EnrolAnswer, { device: string }>, address: string): Reply {
    if ('waiting' in known) return later(300, 900)
    if (known.refused !== 'too-many-attempts') return this.#challenge(address, false)
    const { retryAfter = 60 } = known
    return later(retryAfter, retryAfter + 60)
  }

  #challenge(address: string, stale: boolean): Reply {
    const nonce = this.#nonces.issue(address)
    const challenge = `Digest realm="${realm}", qop="auth", algorithm=MD5, nonce="${nonce}"${stale ? ', stale=true' : ''}`
    return text(401, 'Show who you are, by HTTP Digest.', { 'www-authenticate': challenge })
  }

  async #settings(
    request: IncomingMessage,
    { encrypted }: Caller,
    device: string,
    identity: string,
  ): Promise<Settings> {
    const { key, url, informInterval, connectionRequests } = this.#options
    const login =
      connectionRequests.length === 0 ? null : await this.#host.secret('cwmp', identity, 'connection-request')
    const base = url ?? `${encrypted ? 'https' : 'http'}://${hostOf(request)}`
    const connectionRequest = login && { username: login.username, password: login.secret }
    return {
      informInterval,
      informTime: () => informTimeOf(device, informInterval),
      parameterKey: this.#parameterKeys.of(connectionRequest),
      connectionRequest,
      fileAt: (commandKey) => fileAccess(key, base, { device, commandKey }),
      uuidOf,
    }
  }

  #sessionOf({ headers, socket }: IncomingMessage): string | null {
    const cookie = headers.cookie === undefined ? undefined : sessionCookie.exec(headers.cookie)?.[1]
    return cookie ?? this.#byConnection.get(socket) ?? null
  }

  #deviceOf(request: IncomingMessage): string {
    return this.#sessions.deviceOf(this.#sessionOf(request) ?? '')
  }
}

function replyOf(answer: Answer): Reply {
  switch (answer.kind) {
    case 'message':
      return soap(answer.body)
    case 'end':
      return { status: 204 }
    case 'refuse':
      return { ...text(400, answer.detail), close: true }
    case 'later':
      return later(5, 30)
  }
}

/** A device that is sent away comes again at a time of its own, so that many do not come together. */
function later(least: number, most: number): Reply {
  const seconds = least + Math.floor(Math.random() * (most - least))
  return { ...text(503, 'Not now: come again as Retry-After says.', { 'retry-after': String(seconds) }), close: true }
}

/** 3.4.4: what a device is called. */
function identityOf({ device: { oui, productClass, serialNumber } }: Inform): string {
  return [oui, productClass, serialNumber].filter((part) => part !== '').join('-')
}

function saysOf({ device, parameters }: Inform): Record<string, string> {
  const version = parameters.find(({ name }) => name.endsWith('.DeviceInfo.SoftwareVersion'))?.value ?? ''
  const { manufacturer, oui, productClass, serialNumber } = device
  return { manufacturer, oui, productClass, serialNumber, softwareVersion: version.slice(0, 256) }
}

/** The host that the device has called; only ever told back to that device. */
function hostOf(request: IncomingMessage): string {
  const said = request.headers.host ?? ''
  if (/^(?:[A-Za-z0-9.-]{1,200}|\[[0-9A-Fa-f:.]{2,60}\])(?::\d{1,5})?$/.test(said)) return said
  const { localAddress = '127.0.0.1', localPort = 80 } = request.socket
  return `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
}
