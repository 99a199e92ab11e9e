import { timingSafeEqual } from 'node:crypto'
import { HandshakeInbox } from './handshake-inbox.ts'
import { handshakeType, readFragments, readKeyIdentity, serverHello, writeMessage } from './messages.ts'
import { contentType, writeRecord } from './records.ts'
import { ReplayWindow } from './replay-window.ts'
import { premasterSecret, prf, protections, recordNumber, sha256, suites } from './suites.ts'
import type { ClientHello } from './messages.ts'
import type { Record } from './records.ts'
import type { Protection, Suite } from './suites.ts'

/** RFC 5246, 7.2. */
const alert = { closeNotify: 0, handshakeFailure: 40, decryptError: 51, unknownKeyIdentity: 115 } as const
const finishedBytes = 12
/** Records that are kept while a key is looked up. */
const mostEarly = 4

export interface AssociationDeps {
  readonly hello: ClientHello
  /** The ClientHello as it goes into the hash of the handshake. */
  readonly helloMessage: Uint8Array
  /** Of the record that it came in: the server's first record takes it on (RFC 6347, 4.2.1). */
  readonly sequence: number
  readonly serverRandom: Uint8Array
  readonly key: (identity: string) => Promise<Uint8Array | null>
  readonly send: (datagram: Uint8Array) => void
  readonly opened: (identity: string) => void
  readonly data: (plain: Uint8Array) => void
  readonly ended: (why: string | null) => void
}

interface Secrets {
  readonly identity: string
  readonly master: Uint8Array
  readonly client: Protection
  readonly server: Protection
}

/** The server's side of one DTLS 1.2 association with a pre-shared key (RFC 6347, RFC 4279), from the ClientHello with the right cookie on. */
export class Association {
  readonly #deps: AssociationDeps
  readonly #suite: Suite
  readonly #transcript: Uint8Array[]
  /** HelloVerifyRequest and ServerHello are 0 and 1; the client's second ClientHello was 1. */
  readonly #inbox = new HandshakeInbox(2)
  readonly #window = new ReplayWindow()
  #flight: Uint8Array[] = []
  #plainSequence: number
  #sealedSequence = 0
  #secrets: Secrets | null = null
  #lookingUp = false
  readonly #early: Record[] = []
  #open = false
  #ended = false

  /** @throws Error when the client has no suite that the server has; it was told so */
  constructor(deps: AssociationDeps) {
    this.#deps = deps
    this.#plainSequence = deps.sequence
    this.#transcript = [deps.helloMessage]
    const suite = suites.find(({ id }) => deps.hello.suites.includes(id))
    if (!suite) {
      deps.send(
        writeRecord({
          type: contentType.alert,
          epoch: 0,
          sequence: deps.sequence,
          fragment: Uint8Array.of(2, alert.handshakeFailure),
        }),
      )
      throw new Error('the client offers no PSK suite with AEAD (RFC 6655, RFC 5487)')
    }
    this.#suite = suite
    const hello = writeMessage(handshakeType.serverHello, 1, serverHello(deps.serverRandom, suite.id, deps.hello))
    const done = writeMessage(handshakeType.serverHelloDone, 2, new Uint8Array(0))
    this.#transcript.push(hello, done)
    this.#flight = [hello, done]
    this.repeat()
  }

  get open(): boolean {
    return this.#open
  }

  /** Sends the last flight (again): RFC 6347, 4.2.4. */
  repeat(): void {
    if (this.#open) this.#sendFinished()
    else this.#deps.send(Buffer.concat(this.#flight.map((message) => this.#plain(contentType.handshake, message))))
  }

  received(record: Record): void {
    if (this.#ended) return
    if (record.epoch === 0) return this.#plainRecord(record)
    if (record.epoch !== 1) return
    if (!this.#secrets) {
      // The client's Finished comes right behind its key exchange, before the key is looked up.
      if (this.#lookingUp && this.#early.length < mostEarly) this.#early.push(record)
      return
    }
    if (!this.#window.open(record.sequence)) return
    const number = recordNumber(1, record.sequence)
    const plain = this.#secrets.client.open(record.type, number, record.fragment)
    // RFC 6347, 4.1.2.7: what is not genuine is dropped without a word.
    if (!plain) return
    this.#window.take(record.sequence)
    if (record.type === contentType.handshake) this.#handshake(plain, true)
    else if (record.type === contentType.applicationData && this.#open) this.#deps.data(plain)
    else if (record.type === contentType.alert) this.#alerted(plain)
  }

  /** Sends bytes once the association is open. */
  write(plain: Uint8Array): void {
    if (this.#open && !this.#ended) this.#deps.send(this.#sealed(contentType.applicationData, plain))
  }

  close(): void {
    if (this.#open && !this.#ended)
      this.#deps.send(this.#sealed(contentType.alert, Uint8Array.of(1, alert.closeNotify)))
    this.#end(null)
  }

  /** Without protection nothing counts but the rest of the handshake; alerts there could be anybody's. */
  #plainRecord(record: Record): void {
    if (record.type === contentType.handshake && !this.#open) this.#handshake(record.fragment, false)
  }

  #handshake(bytes: Uint8Array, isSealed: boolean): void {
    for (const fragment of readFragments(bytes)) {
      const message = this.#inbox.put(fragment)
      if (message === 'again') {
        if (this.#open) this.#sendFinished()
      } else if (message?.type === handshakeType.clientKeyExchange && !isSealed) {
        void this.#keyExchange(message.body, message.messageSequence)
      } else if (message?.type === handshakeType.finished && isSealed) {
        this.#finished(message.body, message.messageSequence)
      } else if (message) this.#fail(alert.handshakeFailure, `a handshake message of type ${message.type} out of turn`)
    }
  }

  async #keyExchange(body: Uint8Array, sequence: number): Promise<void> {
    if (this.#secrets || this.#lookingUp) return
    this.#lookingUp = true
    try {
      const identity = readKeyIdentity(body)
      const key = await this.#deps.key(identity)
      if (!key) return this.#fail(alert.unknownKeyIdentity, `no key is named ${JSON.stringify(identity)}`)
      this.#transcript.push(writeMessage(handshakeType.clientKeyExchange, sequence, body))
      this.#secrets = { identity, ...this.#derive(key) }
      for (const record of this.#early.splice(0)) this.received(record)
    } catch (error) {
      this.#fail(alert.handshakeFailure, String(error))
    }
  }

  #derive(key: Uint8Array): Omit<Secrets, 'identity'> {
    const { hello, serverRandom } = this.#deps
    const premaster = premasterSecret(key)
    // RFC 7627, 4: the master secret is bound to the handshake so far.
    const master = hello.extendedMasterSecret
      ? prf(premaster, 'extended master secret', sha256(...this.#transcript), 48)
      : prf(premaster, 'master secret', Buffer.concat([hello.random, serverRandom]), 48)
    return { master, ...protections(this.#suite, master, hello.random, serverRandom) }
  }

  #finished(body: Uint8Array, sequence: number): void {
    const secrets = this.#secrets!
    const expected = prf(secrets.master, 'client finished', sha256(...this.#transcript), finishedBytes)
    if (body.length !== finishedBytes || !timingSafeEqual(body, expected))
      return this.#fail(alert.decryptError, 'the client’s Finished does not fit')
    this.#transcript.push(writeMessage(handshakeType.finished, sequence, body))
    const verify = prf(secrets.master, 'server finished', sha256(...this.#transcript), finishedBytes)
    this.#flight = [writeMessage(handshakeType.finished, 3, verify)]
    this.#open = true
    this.#sendFinished()
    this.#deps.opened(secrets.identity)
  }

  #sendFinished(): void {
    const change = this.#plain(contentType.changeCipherSpec, Uint8Array.of(1))
    this.#deps.send(
      Buffer.concat([change, ...this.#flight.map((message) => this.#sealed(contentType.handshake, message))]),
    )
  }

  #alerted([level, description]: Uint8Array): void {
    if (level === 2 || description === alert.closeNotify)
      this.#end(description === alert.closeNotify ? null : `the client ended it with alert ${description}`)
  }

  #fail(description: number, why: string): void {
    const fatal = Uint8Array.of(2, description)
    this.#deps.send(this.#open ? this.#sealed(contentType.alert, fatal) : this.#plain(contentType.alert, fatal))
    this.#end(why)
  }

  #end(why: string | null): void {
    if (this.#ended) return
    this.#ended = true
    this.#deps.ended(why)
  }

  #plain(type: number, fragment: Uint8Array): Uint8Array {
    return writeRecord({ type, epoch: 0, sequence: this.#plainSequence++, fragment })
  }

  #sealed(type: number, plain: Uint8Array): Uint8Array {
    const sequence = this.#sealedSequence++
    const fragment = this.#secrets!.server.seal(type, recordNumber(1, sequence), plain)
    return writeRecord({ type, epoch: 1, sequence, fragment })
  }
}
