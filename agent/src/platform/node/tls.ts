import type { SecureContext, TLSSocket } from 'node:tls'
import type { Tls } from '../../core/platform.ts'
import { toPem } from '@sutler/wire/der'

/** Where a connection goes, and how it reads. */
export interface TlsTarget {
  readonly host: string
  readonly port: number
  readonly protocol: 'http/1.1' | null
  /** False: whoever answers is accepted. */
  readonly verify: boolean
}

/** What all TLS connections of the agent share: whom they trust, as whom they go, and what lets them resume. */
export class TlsConnections {
  #tls: Tls = { authority: null, credential: null }
  #context: SecureContext | null = null
  readonly #sessions = new Map<string, Buffer>()

  /** For connections opened from now on. */
  use(tls: Tls): void {
    this.#tls = tls
    this.#context = null
    this.#sessions.clear()
  }

  /** Loads TLS where it is needed: it costs memory. */
  async connect({ host, port, protocol, verify }: TlsTarget): Promise<TLSSocket> {
    const tls = await import('node:tls')
    const peer = `${host}:${port}`
    this.#context ??= tls.createSecureContext({ minVersion: 'TLSv1.2', ...contextOf(this.#tls) })
    const session = verify ? this.#sessions.get(peer) : undefined
    const socket = tls.connect({
      host,
      port,
      secureContext: this.#context,
      rejectUnauthorized: verify,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ...(protocol === null ? {} : { ALPNProtocols: [protocol] }),
      ...(session === undefined ? {} : { session }),
    })
    socket.setNoDelay(true)
    if (verify) socket.on('session', (ticket: Buffer) => this.#sessions.set(peer, ticket))
    return socket
  }
}

function contextOf({ authority, credential }: Tls) {
  return {
    ...(authority === null ? {} : { ca: authority }),
    ...(credential === null ? {} : { cert: credential.certificate, key: toPem('PRIVATE KEY', credential.privateKey) }),
  }
}

/** Of OpenSSL, and of Node when the name is another. */
export function isUntrusted(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  return /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_)/.test(code)
}
