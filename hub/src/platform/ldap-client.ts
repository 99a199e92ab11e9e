import { connect as connectPlain, isIP, type NetConnectOpts, type Socket } from 'node:net'
import { connect as connectSecure, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { Client, FilterParser, type Entry } from 'ldapts'
import { OutsideError, errorCode } from './errors.ts'
import { isInside, addressNotAllowed, publicLookup } from './outgoing-http.ts'
import { within } from './wait.ts'

export const directoryFailed = errorCode(
  'directory-failed',
  503,
  'The directory did not answer as it should',
  'Check its address, TLS, who binds and with what, and the base (POST /api/v1/directories/{id}/test says what happened). Nothing was lost.',
)

export interface LdapServer {
  /** `ldap://host[:port]` or `ldaps://…`, nothing after it. */
  readonly url: string
  /** Goes over to TLS before anything is said. */
  readonly startTls: boolean
  /** PEM of who signs the server's certificate; null = those that the system trusts. */
  readonly authority: string | null
  /** Who binds; null = nobody (RFC 4513, 5.1.1). */
  readonly bind: { readonly dn: string; readonly password: string } | null
  /** Whether it may be at an address of the hub's own network. */
  readonly allowInside: boolean
  /** Milliseconds for all of a look-up. */
  readonly timeout: number
}

export interface LdapLookUp {
  readonly base: string
  /** `base`: the entry with the DN `base` itself. */
  readonly scope: 'sub' | 'base'
  /** RFC 4515. */
  readonly filter: string
  readonly attributes: readonly string[]
  readonly limit: number
}

export interface LdapEntry {
  readonly dn: string
  /** The first value of each attribute, by the names that were asked for. */
  readonly values: Readonly<Record<string, string | undefined>>
}

/** Of one answer; a directory that goes on is cut. */
const mostBytes = 4_000_000

/** Whether RFC 4515 takes it for a filter. */
export function isLdapFilter(filter: string): boolean {
  try {
    FilterParser.parseString(filter)
    return true
  } catch {
    // RFC 4515 is what the parser knows: whatever it throws at, is none.
    return false
  }
}

/**
 * Asks a directory once, on a connection of its own: connect, bind, search, unbind; at most `limit` entries.
 * @throws OutsideError `directory-failed`, `address-not-allowed`
 */
export async function askLdap(server: LdapServer, wanted: LdapLookUp): Promise<LdapEntry[]> {
  const sockets: Socket[] = []
  const client = clientOf(server, sockets)
  const flood = setInterval(() => {
    for (const socket of sockets) if (socket.bytesRead > mostBytes) socket.destroy()
  }, 50)
  const late = () => new OutsideError(directoryFailed, `${server.url}: no answer within ${server.timeout} ms`)
  try {
    return await within(look(client, server, wanted), server.timeout, late)
  } catch (error) {
    if (error instanceof OutsideError) throw error
    throw new OutsideError(directoryFailed, `${server.url}: ${reasonOf(error)}`, { cause: error })
  } finally {
    clearInterval(flood)
    for (const socket of sockets) socket.destroy()
  }
}

/** Result codes that people meet (RFC 4511, 4.1.9, appendix A). */
const results: Readonly<Record<number, string>> = {
  1: 'it wants somebody to bind first, or failed',
  8: 'it wants TLS before anybody binds',
  13: 'it wants TLS',
  32: 'it has no such base',
  34: 'the DN is none',
  48: 'nobody binds so here',
  49: 'it takes no such DN with this password (invalid credentials)',
  50: 'who binds may not read there',
  53: 'it is unwilling to do that',
}

/** Without the password: messages of the library have none. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: string }
  const known = typeof code === 'number' ? results[code] : undefined
  return known === undefined ? message || 'it closed the connection' : `${known}, result ${String(code)}`
}

async function look(client: Client, server: LdapServer, wanted: LdapLookUp): Promise<LdapEntry[]> {
  const { base, scope, filter, attributes, limit } = wanted
  if (server.startTls) await client.startTLS(tlsOptions(server))
  if (server.bind !== null) await client.bind(server.bind.dn, server.bind.password)
  const options = { scope, filter, attributes: [...attributes], timeLimit: Math.ceil(server.timeout / 1000) }
  const found: LdapEntry[] = []
  // By pages (RFC 2696), of which the first is enough: a size limit would be answered as an error.
  for await (const page of client.searchPaginated(base, { ...options, paged: { pageSize: limit } })) {
    found.push(...page.searchEntries.map((entry) => entryOf(entry, attributes)))
    break
  }
  return found.slice(0, limit)
}

function entryOf(entry: Entry, attributes: readonly string[]): LdapEntry {
  const values = attributes.map((name) => {
    const key = Object.keys(entry).find((each) => each.toLowerCase() === name.toLowerCase())
    const value = key === undefined ? undefined : entry[key]
    const first = Array.isArray(value) ? value[0] : value
    return [name, typeof first === 'string' ? first : undefined] as const
  })
  return { dn: entry.dn, values: Object.fromEntries(values) }
}

function clientOf(server: LdapServer, sockets: Socket[]): Client {
  const lookup = server.allowInside ? {} : { lookup: publicLookup }
  const admitted = (host: string): void => {
    if (server.allowInside || isIP(host) === 0 || !isInside(host)) return
    throw new OutsideError(addressNotAllowed, `${server.url} is an address inside the hub’s network`)
  }
  const plain = (port: number, host: string): Socket => {
    admitted(host)
    return kept(sockets, connectPlain({ port, host, ...lookup } as NetConnectOpts))
  }
  const secure = (...given: [number, string, ConnectionOptions?] | [ConnectionOptions]): TLSSocket => {
    // With one argument the plain connection goes over to TLS.
    if (given.length === 1) return kept(sockets, connectSecure(given[0]))
    const [port, host, options] = given
    admitted(host)
    return kept(sockets, connectSecure({ ...options, ...lookup, port, host }))
  }
  return new Client({
    url: server.url,
    strictDN: false,
    // With these the library speaks TLS from the first byte, whatever the scheme says.
    ...(server.url.startsWith('ldaps://') ? { tlsOptions: tlsOptions(server) } : {}),
    createConnection: plain as typeof connectPlain,
    createSecureConnection: secure as typeof connectSecure,
  })
}

function kept<S extends Socket>(sockets: Socket[], socket: S): S {
  sockets.push(socket)
  // Whoever waits is told by the client; a late error is nobody's.
  socket.on('error', () => {})
  return socket
}

function tlsOptions({ url, authority }: LdapServer): ConnectionOptions {
  const { hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    minVersion: 'TLSv1.2',
    ...(authority === null ? {} : { ca: authority }),
    // An address is no server name (RFC 6066, 3), but is what the certificate is checked for.
    ...(isIP(host) === 0 ? { servername: host } : {}),
  }
}
