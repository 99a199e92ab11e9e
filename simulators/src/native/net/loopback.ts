import { FleetError } from '../errors.ts'

const defaultPorts: Record<string, number> = { 'http:': 80, 'mqtt:': 1883 }

/** Whether a host name can only mean this machine: `localhost`, 127.0.0.0/8, ::1. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Host and port of a URL that the fleet may talk to.
 * @param scheme that it must have, with the colon
 * @throws FleetError `unsupported-url` for another scheme, `not-loopback` for another machine unless allowed
 */
export function hostOf(url: string, scheme: 'http:' | 'mqtt:', allowRemote: boolean): { host: string; port: number } {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed?.protocol !== scheme || parsed.hostname === '') {
    throw new FleetError(
      'unsupported-url',
      `${url} is no ${scheme}// address: the fleet speaks neither TLS nor anything else`,
    )
  }
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!allowRemote && !isLoopback(host)) {
    throw new FleetError(
      'not-loopback',
      `${url} is another machine: say --allow-remote if it is meant to be under load`,
    )
  }
  return { host, port: parsed.port === '' ? defaultPorts[scheme]! : Number(parsed.port) }
}
