import type { IncomingMessage } from 'node:http'

/** Whether an address is that of a proxy of the operator's, whose word on whom it speaks for counts. */
export type Proxies = (address: string) => boolean

/** Where a request comes from, as far as it can be believed: of `X-Forwarded-For` the last entry is the proxy's own, those before are whoever's. */
export function clientAddress({ socket, headers }: IncomingMessage, proxies: Proxies): string {
  const peer = socket.remoteAddress ?? ''
  if (!proxies(peer)) return peer
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)!
    .trim()
  return forwarded === '' ? peer : forwarded.slice(0, 64)
}
