import { createSecretKey, generateKeyPairSync, sign } from 'node:crypto'
import {
  connectPassword,
  decodeDown,
  decodeUp,
  encode,
  parseManifest,
  canonicalManifest,
  readConnectPassword,
  WireError,
} from '@sutler/wire'
import { certificationRequest, requestInfo, toPem } from '@sutler/wire/der'
import { createMqttClient } from '@sutler/wire/mqtt'
import { compile, evaluate, ExpressionError } from '@sutler/expressions'
import { fromScxml, readPattern, ScxmlError } from '@sutler/patterns'
import { parseJson, TrustError } from '@sutler/trust'
import mqttPacket from 'mqtt-packet'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readExportLine } from '../../packages/trust/src/audit/export-lines.ts'
import { downSamples, upSamples } from '../../packages/wire/src/test/samples.ts'
import { readKeyRequest } from '../../hub/src/modules/registration/domain/x509/csr.ts'
import { fileLinkQuery, readFileLink } from '../../hub/src/modules/registration/domain/file-link.ts'
import { FrameGuard } from '../../hub/src/platform/mqtt/frame-guard.ts'
import { mutations } from '../support/thoroughness.ts'
import { mutated, random, seed } from './mutations.ts'

/**
 * Random mutations of every parser's inputs: each is read, or refused with a typed error; nothing else. How many, and from which
 * seed: test/support/thoroughness.ts.
 */

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const bytes = (from: string) => Buffer.from(from, 'utf8')
const example = (name: string) => readFileSync(new URL(`../../examples/patterns/${name}`, import.meta.url))

const key = createSecretKey(Buffer.alloc(32, 1))
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const info = requestInfo('', publicKey.export({ type: 'spki', format: 'der' }))
const request = certificationRequest(info, 'ed25519', sign(null, info, privateKey))
const signature = sign(null, bytes('x'), privateKey).toString('base64url')
const manifest = canonicalManifest({
  service: 'tv-guide',
  version: '1.0.0',
  component: 'app',
  restart: 'none',
  files: [{ path: 'a/b', size: 7, digest: 'ab'.repeat(32), mode: 'file' }],
} as never)
const trusted = bytes('{"signatures":[],"signed":{"_type":"root","version":1,"keys":{"a":{"keyval":{"public":"x"}}}}}')
const link = bytes(fileLinkQuery(key, 'dev-00000000', 'ab'.repeat(32), 1_900_000_000))
const frames = Buffer.concat([
  mqttPacket.generate({ cmd: 'connack', returnCode: 0, sessionPresent: false } as never),
  mqttPacket.generate({
    cmd: 'publish',
    topic: 'sutler/1/dev-00000000/down',
    payload: 'x',
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  } as never),
])

interface Parser {
  readonly samples: readonly Uint8Array[]
  readonly read: (bytes: Uint8Array) => unknown
  /** What it may throw; none: it answers null, or findings. */
  readonly typed?: new (...given: never[]) => Error
}

const parsers: Readonly<Record<string, Parser>> = {
  'messages of devices (CBOR)': { samples: upSamples.map((each) => encode(each)), read: decodeUp, typed: WireError },
  'messages of the hub (CBOR)': {
    samples: downSamples.map((each) => encode(each)),
    read: decodeDown,
    typed: WireError,
  },
  'MQTT packets on the device': {
    samples: [frames],
    read: (given) => {
      const client = createMqttClient({ clientId: 'dev-00000000', username: 'd', password: 'p', keepAliveSeconds: 60 })
      client.connect()
      return client.receive(given)
    },
    typed: WireError,
  },
  'MQTT packets before the broker': {
    samples: [frames],
    read: (given) => new FrameGuard({ publish: 1_000, control: 200 }).refuses(given),
  },
  manifests: { samples: [bytes(manifest)], read: (given) => parseManifest(text(given)), typed: WireError },
  'signed metadata (JSON)': {
    samples: [trusted],
    read: (given) => parseJson(given, 'root', 100_000),
    typed: TrustError,
  },
  'pattern text': {
    samples: [example('deliver.pattern'), example('maintenance-window.pattern')],
    read: (given) => readPattern(text(given)),
  },
  SCXML: {
    samples: [
      bytes('<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="a"><state id="a"/></scxml>'),
    ],
    read: (given) => fromScxml(text(given)),
    typed: ScxmlError,
  },
  'expressions (CEL)': {
    samples: [bytes('a.b == 1 && c.exists(x, x > 2) ? "y" : d[0]'), bytes('[1,2].map(x, x * 2)')],
    read: (given) => evaluate(compile(text(given)), { a: { b: 1 }, c: [1, 3], d: ['z'] }),
    typed: ExpressionError,
  },
  'passwords of connecting devices': {
    samples: [bytes(connectPassword(1_900_000_000_000, 'bm9uY2Vub25jZW5vbmNl', signature))],
    read: (given) => readConnectPassword(text(given)),
  },
  'certification requests (DER)': {
    samples: [request],
    read: (given) => readKeyRequest(toPem('CERTIFICATE REQUEST', given)),
  },
  'certification requests (PEM)': {
    samples: [bytes(toPem('CERTIFICATE REQUEST', request))],
    read: (given) => readKeyRequest(text(given)),
  },
  'file links': { samples: [link], read: (given) => readFileLink(key, 'ab'.repeat(32), text(given)) },
  'lines of an audit export': {
    samples: [bytes(`{"chain":1,"position":2,"hash":"${'ab'.repeat(32)}","entry":"{}"}`)],
    read: (given) => readExportLine(text(given)),
  },
}

describe('random mutations end in a value or a typed error', { timeout: mutations * 20 }, () => {
  test.each(Object.entries(parsers))('%s', (_what, { samples, read, typed }) => {
    const below = random(seed)
    const untyped: string[] = []
    let refused = 0
    for (let turn = 0; turn < mutations; turn++) {
      const given = mutated(samples[turn % samples.length]!, below)
      try {
        read(given)
      } catch (error) {
        refused++
        if (typed === undefined || !(error instanceof typed))
          untyped.push(
            `mutation ${turn} of seed ${seed}: ${String(error)}; ${Buffer.from(given).toString('hex', 0, 200)}`,
          )
      }
    }
    expect(untyped.slice(0, 5)).toEqual([])
    expect(refused > 0 || typed === undefined).toBe(true)
  })
})

test('the samples of certification requests are good ones', () => {
  expect(readKeyRequest(toPem('CERTIFICATE REQUEST', request))).not.toBeNull()
})

const word = (value: string) => Buffer.concat([Uint8Array.of(0x60 + value.length), bytes(value)])
const field = (key: string, value: Uint8Array) => Buffer.concat([word(key), value])
const message = (...fields: Uint8Array[]) => Buffer.concat([Uint8Array.of(0xa0 + fields.length), ...fields])
const ping = [field('t', word('ping')), field('id', word('x'))]
const huge = (major: number) => Uint8Array.of(major * 32 + 27, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff)

/** Whatever length is declared: none of these is longer than 100 KB, and none may take more memory or work than that. */
const hostile: readonly (readonly [string, string, Uint8Array])[] = [
  ['arrays nested 100,000 deep', 'too-deep', message(...ping, field('x', Buffer.alloc(100_000, 0x81)))],
  [
    'maps nested 100,000 deep',
    'too-deep',
    message(...ping, field('x', Buffer.alloc(100_000, Buffer.from('a16161', 'hex')))),
  ],
  ['tags nested 100,000 deep', 'not-allowed', message(...ping, field('x', Buffer.alloc(100_000, 0xc1)))],
  ['an array that declares 2^47 elements', 'too-large|malformed', message(...ping, field('x', huge(4)))],
  ['a map that declares 2^47 entries', 'too-large|malformed', message(...ping, field('x', huge(5)))],
  ['a text that declares 2^47 bytes', 'too-large|malformed', message(...ping, field('x', huge(3)))],
  ['bytes that declare 2^47 bytes', 'too-large|malformed', message(...ping, field('x', huge(2)))],
  ['a bignum', 'not-allowed', message(...ping, field('x', Buffer.concat([Uint8Array.of(0xc2, 0x42), bytes('zz')])))],
  [
    'a bignum of 60 KB',
    'not-allowed',
    message(...ping, field('x', Buffer.from(`c259ea60${'ff'.repeat(60_000)}`, 'hex'))),
  ],
  [
    'tag 27',
    'not-allowed',
    message(...ping, field('x', Buffer.concat([Uint8Array.of(0xd8, 27, 0x82), word('RegExp'), word('(a+)+$')]))),
  ],
  ['duplicate keys', 'duplicate-key', message(...ping, field('t', word('hello')))],
]

describe('CBOR of a device or a hub is refused with a typed error before a decoder runs', () => {
  test.each(hostile)('%s', (_what, code, given) => {
    for (const read of [decodeUp, decodeDown]) {
      let thrown: unknown
      try {
        read(given)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeInstanceOf(WireError)
      expect((thrown as WireError).code).toMatch(new RegExp(`^(?:${code})$`))
    }
  })
})
