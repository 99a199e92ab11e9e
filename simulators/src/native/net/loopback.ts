import { FleetError } from '../errors.ts'

/** Kinds of servers, their schemes with TLS and without, and the ports these have when a URL names none. */
const schemes = {
  http: { 'https:': 443, 'http:': 80 },
  mqtt: { 'mqtts:': 8883, 'mqtt:': 1883 },
} as const

/** Where a connection goes. */
export interface Peer {
  readonly host: string
  readonly port: number
  readonly tls: boolean
}

/** Whether a host name can only mean this machine: `localhost`, 127.0.0.0/8, ::1. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Host and port of a URL that the fleet may talk to.
 * @throws FleetError `unsupported-url` for another scheme, and without TLS for another machine; `not-loopback` for another
 *   machine unless allowed
 */
export function hostOf(url: string, kind: keyof typeof schemes, allowRemote: boolean): Peer {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const ports: Readonly<Record<string, number>> = schemes[kind]
  const port = parsed === null ? undefined : ports[parsed.protocol]
  if (parsed === null || port === undefined || parsed.hostname === '') {
    throw new FleetError('unsupported-url', `${url} is no ${Object.keys(ports).join('// or ')}// address`)
  }
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1')
  const tls = parsed.protocol === `${kind}s:`
  if (!isLoopback(host)) {
    if (!tls) throw new FleetError('unsupported-url', `${url} is another machine: use ${kind}s`)
    if (!allowRemote) {
      const detail = `${url} is another machine: say --allow-remote if it is meant to be under load`
      throw new FleetError('not-loopback', detail)
    }
  }
  return { host, port: parsed.port === '' ? port : Number(parsed.port), tls }
}
