import { once } from 'node:events'
import { createSecureContext, TLSSocket } from 'node:tls'
import { KeyGate } from './key-gate.ts'
import { tcpTransport } from './tcp.ts'
import type { Socket } from 'node:net'
import type { TcpOptions } from './tcp.ts'
import type { CoapTransport, PathEvents } from './path.ts'

/**
 * What constrained clients can (RFC 7925, 4.2; OMA LwM2M Transport 1.2, 5.2.8), those with forward secrecy first. CCM with a
 * short tag is mandatory there, and below OpenSSL's own security level 1: the list holds nothing else that is.
 */
const ciphers = [
  'ECDHE-PSK-CHACHA20-POLY1305',
  'ECDHE-PSK-AES128-CBC-SHA256',
  'PSK-AES256-GCM-SHA384',
  'PSK-AES128-GCM-SHA256',
  'PSK-AES128-CCM',
  'PSK-AES128-CCM8',
  'PSK-AES128-CBC-SHA256',
  '@SECLEVEL=0',
].join(':')

const handshakeWithin = 10_000

/** CoAP over TLS with pre-shared keys (RFC 8323, RFC 4279). A peer's identity is the name of the key that it has shown. */
export function tlsTransport(options: Omit<TcpOptions, 'secure'>): CoapTransport {
  const secureContext = createSecureContext({ ciphers, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })
  let lookUp: PathEvents['preSharedKey'] = async () => null
  const transport = tcpTransport({
    ...options,
    secure: async (raw) => {
      const gate = new KeyGate(raw, lookUp)
      const late = setTimeout(() => gate.destroy(new Error('the TLS handshake takes too long')), handshakeWithin)
      try {
        return await secured(gate, secureContext)
      } finally {
        clearTimeout(late)
      }
    },
  })
  return {
    ...transport,
    start(events) {
      lookUp = (identity) => events.preSharedKey(identity)
      return transport.start(events)
    },
  }
}

async function secured(
  gate: KeyGate,
  secureContext: ReturnType<typeof createSecureContext>,
): Promise<{ socket: Socket; identity: string }> {
  const socket = new TLSSocket(gate, {
    isServer: true,
    secureContext,
    // The name in the record that was read ahead is the one that OpenSSL reads.
    pskCallback: (_socket: TLSSocket, identity: string) =>
      gate.shown?.identity === identity ? { psk: gate.shown.key, identity } : null,
  } as ConstructorParameters<typeof TLSSocket>[1])
  socket.on('error', () => gate.destroy())
  // Rejects when the socket reports an error first.
  await Promise.race([once(socket, 'secure'), ended(gate)])
  if (!gate.shown) throw new Error('a TLS handshake without a key')
  return { socket, identity: gate.shown.identity }
}

async function ended(gate: KeyGate): Promise<never> {
  await once(gate, 'close')
  throw new Error('the connection ended in its TLS handshake')
}
