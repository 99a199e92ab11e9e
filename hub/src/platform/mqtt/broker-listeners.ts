import { createServer as createPlainServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { listen } from '../listen.ts'
import type { Log } from '../log.ts'
import { boundHandshakes, type HandshakeLimits } from '../tls/handshakes.ts'
import { tlsSettings, type ServerKey } from '../tls/tls-settings.ts'

/** How the listener with TLS shows itself, and whose certificates it takes. */
export interface BrokerIdentity {
  readonly server: ServerKey
  /** PEM of who signs devices' certificates. */
  readonly authority: string
}

export interface BrokerListenerOptions {
  readonly log: Log
  /** Connections. */
  readonly total: number
  readonly handshakes: HandshakeLimits
}

/**
 * The broker's TCP listeners: with TLS, where a device is its certificate; without, for this machine only; and without, for
 * clients of other faces than the native one.
 */
export class BrokerListeners {
  readonly #log: Log
  readonly #tls: TlsServer
  readonly #plain: Server
  readonly #faces: Server

  /** @param accept `native` = whether native devices may come this way */
  constructor(options: BrokerListenerOptions, accept: (socket: Socket, address: string, native: boolean) => void) {
    this.#log = options.log
    const acceptAs =
      (native: boolean) =>
      (socket: Socket): void =>
        accept(socket, socket.remoteAddress ?? '', native)
    const accepted = acceptAs(true)
    const sockets = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }
    this.#plain = createPlainServer(sockets, accepted)
    this.#faces = createPlainServer(sockets, acceptAs(false))
    // Over TLS a device is its certificate: who has none is not heard.
    const shown = { requestCert: true, rejectUnauthorized: true }
    this.#tls = createTlsServer({ ...sockets, ...shown, handshakeTimeout: options.handshakes.deadline }, accepted)
    boundHandshakes(this.#tls, options.handshakes)
    this.#tls.on('tlsClientError', (error) => options.log.debug({ reason: error.message }, 'a TLS handshake failed'))
    for (const server of [this.#plain, this.#faces, this.#tls]) server.maxConnections = options.total
  }

  get listening(): boolean {
    return this.#tls.listening || this.#plain.listening || this.#faces.listening
  }

  /** With TLS. Returns the port. @throws CallerError `port-in-use`, `address-unusable` */
  listen(host: string, port: number): Promise<number> {
    return listen(this.#tls, 'MQTTS', host, port, this.#log)
  }

  /** Without TLS, on 127.0.0.1. Returns the port. @throws as `listen` */
  listenPlain(port: number): Promise<number> {
    return listen(this.#plain, 'plain MQTT', '127.0.0.1', port, this.#log)
  }

  /** Without TLS, for clients of other faces than the native one. Returns the port. @throws as `listen` */
  listenForFaces(host: string, port: number): Promise<number> {
    return listen(this.#faces, 'plain MQTT for devices', host, port, this.#log)
  }

  /** New connections see the new certificate; those that stand are left alone. */
  showIdentity({ server, authority }: BrokerIdentity): void {
    this.#tls.setSecureContext(tlsSettings(server, authority))
  }

  /** Takes no more. */
  async close(): Promise<void> {
    for (const server of [this.#plain, this.#faces, this.#tls])
      if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
}
