import { clientAddress, type Proxies } from '@sutler/http'
import type { IncomingMessage } from 'node:http'

/** Where a request comes from. */
export interface Caller {
  readonly address: string
  /** With TLS up to the hub, or to the operator's proxy before it. */
  readonly encrypted: boolean
}

export function callerOf(request: IncomingMessage, proxies: Proxies): Caller {
  const { socket, headers } = request
  const overTls = 'encrypted' in socket && socket.encrypted === true
  const toldSo = proxies(socket.remoteAddress ?? '') && String(headers['x-forwarded-proto']).trim() === 'https'
  return { address: clientAddress(request, proxies), encrypted: overTls || toldSo }
}
