import { ByteReader } from '../../wire/byte-reader.ts'
import { ByteWriter } from '../../wire/byte-writer.ts'
import { dtls12 } from './records.ts'

/** Handshake types (RFC 5246, 7.4; RFC 6347, 4.3.2). */
export const handshakeType = {
  clientHello: 1,
  serverHello: 2,
  helloVerifyRequest: 3,
  serverHelloDone: 14,
  clientKeyExchange: 16,
  finished: 20,
} as const

/** RFC 7627 and RFC 5746. */
const extensionType = { extendedMasterSecret: 23, renegotiationInfo: 0xff01 } as const
/** RFC 5746, 3.3: stands for an empty renegotiation_info. */
const renegotiationScsv = 0x00ff

/** Longest handshake message that is put together: a ClientHello with many suites has some hundred bytes. */
const mostMessageBytes = 4096

export interface Fragment {
  readonly type: number
  /** Of the whole message. */
  readonly length: number
  readonly messageSequence: number
  readonly offset: number
  readonly body: Uint8Array
}

/** The fragments in a handshake record (RFC 6347, 4.2.2). Throws Lwm2mWireError. */
export function readFragments(bytes: Uint8Array): Fragment[] {
  const reader = new ByteReader(bytes, 'RFC 6347, 4.2.2')
  const fragments: Fragment[] = []
  while (reader.left > 0) {
    const type = reader.byte('a handshake type')
    const length = reader.uint(3, 'a length')
    if (length > mostMessageBytes) reader.fail('too-large', `a handshake message of ${length} bytes`)
    const messageSequence = reader.uint(2, 'a message sequence number')
    const offset = reader.uint(3, 'a fragment offset')
    const size = reader.uint(3, 'a fragment length')
    if (offset + size > length) reader.fail('malformed', 'a fragment beyond its message')
    fragments.push({ type, length, messageSequence, offset, body: reader.take(size, 'a fragment') })
  }
  return fragments
}

/** A message in one fragment, which is also how it goes into the hash of the handshake (RFC 6347, 4.2.6). */
export function writeMessage(type: number, messageSequence: number, body: Uint8Array): Uint8Array {
  const writer = new ByteWriter(12 + body.length)
  writer.byte(type)
  writer.uint(body.length, 3)
  writer.uint(messageSequence, 2)
  writer.uint(0, 3)
  writer.uint(body.length, 3)
  writer.bytes(body)
  return writer.taken()
}

export interface ClientHello {
  readonly random: Uint8Array
  readonly cookie: Uint8Array
  readonly suites: readonly number[]
  readonly extendedMasterSecret: boolean
  readonly renegotiation: boolean
}

/** RFC 6347, 4.2.1. Throws Lwm2mWireError. */
export function readClientHello(body: Uint8Array): ClientHello {
  const reader = new ByteReader(body, 'RFC 6347, 4.2.1')
  const version = reader.uint(2, 'a version')
  // Versions count downwards: 0xfefd is 1.2, and what is below is newer.
  if (version > dtls12) reader.fail('not-allowed', 'a client that knows DTLS 1.0 only')
  const random = reader.take(32, 'the random').slice()
  reader.take(reader.byte('the session id'), 'the session id')
  const cookie = reader.take(reader.byte('the cookie'), 'the cookie')
  const suiteBytes = reader.take(reader.uint(2, 'the cipher suites'), 'the cipher suites')
  const suites = Array.from(
    { length: suiteBytes.length >> 1 },
    (_, at) => suiteBytes[at * 2]! * 256 + suiteBytes[at * 2 + 1]!,
  )
  reader.take(reader.byte('the compression methods'), 'the compression methods')
  const extensions = reader.left > 0 ? readExtensions(reader) : new Set<number>()
  return {
    random,
    cookie,
    suites,
    extendedMasterSecret: extensions.has(extensionType.extendedMasterSecret),
    renegotiation: extensions.has(extensionType.renegotiationInfo) || suites.includes(renegotiationScsv),
  }
}

function readExtensions(reader: ByteReader): Set<number> {
  const inner = reader.take(reader.uint(2, 'the extensions'), 'the extensions')
  const extensions = new ByteReader(inner, 'RFC 5246, 7.4.1.4')
  const found = new Set<number>()
  while (extensions.left > 0) {
    found.add(extensions.uint(2, 'an extension type'))
    extensions.take(extensions.uint(2, 'an extension'), 'an extension')
  }
  return found
}

/** RFC 4279, 2. Throws Lwm2mWireError. */
export function readKeyIdentity(body: Uint8Array): string {
  const reader = new ByteReader(body, 'RFC 4279, 2')
  const length = reader.uint(2, 'a key identity')
  if (length > 256) reader.fail('too-large', `a key identity of ${length} bytes`)
  return reader.text(length, 'a key identity')
}

/** RFC 6347, 4.2.1: says DTLS 1.0 there, which binds to nothing; clients compare it with what they offered. */
export function helloVerifyRequest(cookie: Uint8Array): Uint8Array {
  const writer = new ByteWriter()
  writer.uint(dtls12, 2)
  writer.byte(cookie.length)
  writer.bytes(cookie)
  return writer.taken()
}

export function serverHello(random: Uint8Array, suite: number, hello: ClientHello): Uint8Array {
  const writer = new ByteWriter()
  writer.uint(dtls12, 2)
  writer.bytes(random)
  // No session id: nothing is resumed.
  writer.byte(0)
  writer.uint(suite, 2)
  writer.byte(0)
  const extensions = new ByteWriter()
  if (hello.renegotiation) extensions.bytes(Uint8Array.of(0xff, 0x01, 0, 1, 0))
  if (hello.extendedMasterSecret) extensions.bytes(Uint8Array.of(0, extensionType.extendedMasterSecret, 0, 0))
  if (extensions.length > 0) {
    writer.uint(extensions.length, 2)
    writer.bytes(extensions.taken())
  }
  return writer.taken()
}
