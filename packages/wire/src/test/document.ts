import { certificationRequest, requestInfo, toPem } from '../der/index.ts'
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import {
  canonicalManifest,
  connectPassword,
  connectStatement,
  digestHex,
  encode,
  enrolStatement,
  errorCodes,
  limits,
  topics,
} from '../index.ts'
import { createMqttClient } from '../mqtt/index.ts'
import { downSamples, upSamples } from './samples.ts'
import type { Manifest, Message } from '../index.ts'

/** Everything in docs/reference/native-protocol.md that is made from the code: name of the block → its Markdown. */
export function documentBlocks(): Record<string, string> {
  return {
    enrolment: enrolment(),
    connect: connect(),
    'mqtt-frames': mqttFrames(),
    'up-messages': upSamples.map(example).join('\n'),
    'down-messages': downSamples.map(example).join('\n'),
    manifest: manifest(),
    limits: limitsTable(),
    errors: errorTable(),
  }
}

const start = (name: string) => `<!-- made from the code: ${name} -->`
const end = '<!-- end -->'

/** The document with every block as the code makes it now. Throws when a block has no place in the document. */
export function renewDocument(document: string): string {
  let renewed = document
  for (const [name, block] of Object.entries(documentBlocks())) {
    const from = renewed.indexOf(start(name))
    const to = renewed.indexOf(end, from)
    if (from === -1 || to === -1) throw new Error(`the document has no block "${name}"`)
    renewed = `${renewed.slice(0, from)}${start(name)}\n${block}\n${renewed.slice(to)}`
  }
  return renewed
}

// PKCS #8 around the raw seed of an Ed25519 key (RFC 8410, 7).
const seed = Buffer.alloc(32, 7)
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
})
const keyInfo = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
const publicKey = keyInfo.toString('base64url')
const csrInfo = requestInfo('', keyInfo)
const csr = toPem('CERTIFICATE REQUEST', certificationRequest(csrInfo, 'ed25519', sign(null, csrInfo, privateKey)))

const device = 'dev-01k9x2t4c8'
const hub = 'hub-7f3a'

function signature(statement: string): string {
  return sign(null, Buffer.from(statement), privateKey).toString('base64url')
}

function fenced(language: string, ...lines: string[]): string {
  return ['```' + language, ...lines, '```'].join('\n')
}

/** Hexadecimal, 32 bytes a line. */
function hex(bytes: Uint8Array): string[] {
  return (
    Buffer.from(bytes)
      .toString('hex')
      .match(/.{1,64}/g) ?? []
  )
}

function enrolment(): string {
  const claim = 'clm_Jx0mVd3Zq1'
  const serial = 'STB-900-000042'
  const statement = enrolStatement(claim, serial, publicKey)
  const body = { claim, serial, class: 'set-top-box', csr, signature: signature(statement) }
  return [
    `Private key (seed): \`${seed.toString('hex')}\``,
    '',
    'Statement, four lines without a line break at the end:',
    '',
    fenced('text', ...statement.split('\n')),
    '',
    'Request body:',
    '',
    fenced('json', JSON.stringify(body, null, 2)),
  ].join('\n')
}

const time = 1_790_000_000_000
const nonce = Buffer.alloc(16, 9).toString('base64url')

function password(): string {
  return connectPassword(time, nonce, signature(connectStatement(hub, device, time, nonce)))
}

function connect(): string {
  return [
    'Statement, five lines without a line break at the end:',
    '',
    fenced('text', ...connectStatement(hub, device, time, nonce).split('\n')),
    '',
    'Password:',
    '',
    fenced('text', password()),
  ].join('\n')
}

function mqttFrames(): string {
  const client = createMqttClient({ clientId: device, username: device, password: password(), keepAliveSeconds: 60 })
  const { up, down } = topics(device)
  const packets: [string, Uint8Array][] = [
    ['CONNECT with the password above', client.connect()],
    [`SUBSCRIBE to \`${down}\`, packet id 1`, client.subscribe(down)],
    [`PUBLISH of the \`hello\` below to \`${up}\`, packet id 2`, client.publish(up, encode(upSamples[0]!)).bytes],
    ['PUBACK of packet id 7', client.puback(7)],
    ['PINGREQ', client.ping()],
    ['DISCONNECT', client.disconnect()],
  ]
  return packets.map(([what, bytes]) => `${what}:\n\n${fenced('text', ...hex(bytes))}\n`).join('\n')
}

/** A message in a JSON-like notation, byte strings as h'…' (RFC 8949, 8), and its bytes. */
function example(message: Message): string {
  const marked = JSON.stringify(message, (_, value) => (value instanceof Uint8Array ? `h'${digestHex(value)}'` : value))
  const notation = marked
    .replaceAll(/"(h'[0-9a-f]*')"/g, '$1')
    .replaceAll('":', '": ')
    .replaceAll(/,(?=["h{[])/g, ', ')
  return `\`${message.t}\`\n\n${fenced('text', notation, '', ...hex(encode(message)))}\n`
}

function manifest(): string {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  const example: Manifest = {
    service: 'tv-guide',
    version: '1.1.0',
    component: 'stb-app',
    restart: 'none',
    health: { run: ['node', 'check.mjs'], timeoutSeconds: 30 },
    files: [
      { path: 'check.mjs', size: 5, digest: digest('check'), mode: 0o644 },
      { path: 'bin/guide', size: 5, digest: digest('guide'), mode: 0o755 },
    ],
  }
  const text = canonicalManifest(example)
  return [fenced('json', text), '', `${Buffer.byteLength(text)} bytes, SHA-256 \`${digest(text)}\``].join('\n')
}

const meanings: Readonly<Record<keyof typeof limits, string>> = {
  messageBytes: 'bytes of one encoded message',
  depth: 'levels of maps and arrays in a message',
  items: 'entries of one map or array',
  values: 'values in one message, keys not counted',
  installed: 'entries of `installed`',
  wrongFiles: 'entries of `wrong`',
  shortList: 'entries of `runtimes` and of `features`',
  settings: 'entries of `settings`',
  choices: 'entries of `choices`',
  logBytes: 'UTF-8 bytes of all `lines` of a log, and what a `collect` asks for',
  textBytes: 'UTF-8 bytes of one text',
  idBytes: 'UTF-8 bytes of a message or delivery id, at least 1',
  filesPerComponent: 'files of one component',
  pathBytes: 'UTF-8 bytes of one path',
  pathSegments: 'segments of one path',
  manifestBytes: 'bytes of one manifest',
  healthArguments: 'words of a health check’s command',
  healthSeconds: 'seconds a health check may take',
  acknowledgedIds: 'ids in one ack',
  unacknowledged: 'messages sent and not yet acknowledged, per direction',
  resendMilliseconds: 'ms after which an unacknowledged message is sent again',
  progressMilliseconds: 'ms at least between two progress messages of a device',
  progressFromBytes: 'bytes from which a download is worth progress messages',
  patchFromBytes: 'bytes from which a file, old and new, is worth a patch',
  chunkBytes: 'bytes of a file in one chunk',
  chunksInFlight: 'chunks that a device asks for and has not got yet',
  packetsInFlight: 'MQTT publishes that the broker has not acknowledged',
  connectMilliseconds: 'ms from CONNECT to CONNACK',
  outboxMessages: 'messages in a device’s outbox before it takes no further work',
  outboxBytes: 'bytes in a device’s outbox before it takes no further work',
  rememberedIds: 'ids of received messages that a device remembers',
  rememberedServices: 'services whose newest epoch a device remembers',
  tombstones: 'cancelled deliveries that a device remembers',
  connectSkewSeconds: 'seconds between the time in a password and the hub’s clock',
}

function limitsTable(): string {
  const rows = Object.entries(meanings).map(([name, meaning]) => {
    const value = limits[name as keyof typeof limits]
    return `| \`${name}\` | ${value.toLocaleString('en')} | ${meaning} |`
  })
  return ['| name in the code | at most | what |', '| --- | --- | --- |', ...rows].join('\n')
}

function errorTable(): string {
  const rows = Object.entries(errorCodes).map(([code, { sent, meaning }]) => {
    return `| \`${code}\` | ${sent ? 'yes' : 'no'} | ${meaning} |`
  })
  return ['| code | in an ack | meaning |', '| --- | --- | --- |', ...rows].join('\n')
}
