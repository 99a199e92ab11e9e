import type { IncomingMessage } from 'node:http'

/** Where a request comes from. */
export interface Caller {
  readonly address: string
  /** With TLS up to the hub, or to the operator's proxy before it. */
  readonly encrypted: boolean
}

/** @param front whether an address is that of a proxy of the operator's, whose word on whom it speaks for counts */
export function callerOf(request: IncomingMessage, front: (address: string) => boolean): Caller {
  const peer = request.socket.remoteAddress ?? ''
  const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true
  if (!front(peer)) return { address: peer, encrypted }
  // The last entry is the proxy's own; those before it are whoever's.
  const forwarded = headerOf(request, 'x-forwarded-for').split(',').at(-1)!.trim()
  return {
    address: forwarded || peer,
    encrypted: headerOf(request, 'x-forwarded-proto').trim() === 'https' || encrypted,
  }
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return (Array.isArray(value) ? value.at(-1) : value) ?? ''
}
