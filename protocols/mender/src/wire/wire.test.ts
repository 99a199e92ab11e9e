import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MenderError } from '../errors.ts'
import { readAuthRequest } from './auth-request.ts'
import { deploymentIdOf, outputIdOf } from './deployment-id.ts'
import { readInventory } from './inventory.ts'
import { limits, readJson } from './json.ts'
import { readLog } from './log.ts'
import { deploymentJson, readNextQuery, readNextV1, readNextV2 } from './next.ts'
import { readStatus } from './status.ts'

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

/** What reading it is refused with. */
function refusal(read: () => unknown): MenderError {
  try {
    read()
  } catch (error) {
    if (error instanceof MenderError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('JSON', () => {
  test('is read when it is small and flat, and refused with the place where it is not', () => {
    expect(readJson(bytes('{"a":[1,"]}",null]}'), 'x', 100)).toEqual(new Map([['a', [1, ']}', null]]]))
    expect(readJson(bytes(' [true, -0.5e2, "\\u00e9"] '), 'x', 100)).toEqual([true, -50, 'é'])
    expect(refusal(() => readJson(bytes('{"a":,}'), 'x', 100))).toMatchObject({
      code: 'malformed',
      clause: 'x',
      offset: 5,
    })
    expect(refusal(() => readJson(bytes('{"a"'), 'x', 100))).toMatchObject({ code: 'malformed', offset: 4 })
    expect(refusal(() => readJson(Buffer.from([0x22, 0xff, 0x22]), 'x', 100))).toMatchObject({ code: 'malformed' })
    expect(refusal(() => readJson(bytes('"12345"'), 'x', 6))).toMatchObject({ code: 'too-large', status: 413 })
  })

  test('of brackets or of commas alone is refused before anything is built', () => {
    const tower = '['.repeat(500_000)
    expect(refusal(() => readJson(bytes(tower), 'x', limits.logBytes))).toMatchObject({
      code: 'too-deep',
      offset: limits.depth + 1,
    })
    const flood = `[${'0,'.repeat(200_000)}0]`
    expect(refusal(() => readJson(bytes(flood), 'x', limits.logBytes)).code).toBe('too-deep')
  })
})

describe('an authentication request', () => {
  const request = { id_data: '{"sn": "7", "mac":"00:11"}', pubkey: 'PEM', tenant_token: 'tt' }

  test('names the device the same way whatever the order and the white space of its identity', () => {
    expect(readAuthRequest(bytes(request))).toEqual({
      identity: '{"mac":"00:11","sn":"7"}',
      says: { mac: '00:11', sn: '7' },
      publicKey: 'PEM',
      tenantToken: 'tt',
    })
    const identityOf = (said: unknown, space?: number) =>
      readAuthRequest(bytes({ ...request, id_data: JSON.stringify(said, null, space) })).identity
    const texts = fc.string({ maxLength: 20 })
    const identity = fc.dictionary(texts, fc.oneof(texts, fc.array(texts, { maxLength: 3 })), {
      minKeys: 1,
      maxKeys: 6,
    })
    fc.assert(
      fc.property(identity, (said) => {
        const turned = Object.fromEntries(Object.entries(said).toReversed())
        expect(identityOf(turned, 2)).toBe(identityOf(said))
        expect(JSON.parse(identityOf(said))).toEqual(JSON.parse(JSON.stringify(said)))
      }),
    )
  })

  test.each([
    ['no id_data', { ...request, id_data: undefined }],
    ['id_data that is no JSON', { ...request, id_data: 'mac=00:11' }],
    ['id_data that names nothing', { ...request, id_data: '{}' }],
    ['id_data that is a list', { ...request, id_data: '["00:11"]' }],
    ['an identity without end', { ...request, id_data: JSON.stringify({ mac: 'x'.repeat(3_000) }) }],
    ['a key that is no text', { ...request, pubkey: 7 }],
    ['a key without end', { ...request, pubkey: 'x'.repeat(5_000) }],
  ])('with %s is refused', (_what, body) => {
    expect(refusal(() => readAuthRequest(bytes(body)))).toMatchObject({
      status: 400,
      clause: expect.stringContaining('auth_requests'),
    })
  })
})

describe('the question for the next deployment', () => {
  const provides = { artifact_name: 'a-1', 'rootfs-image.version': '1' }

  test('is the same by POST v2, POST v1 and GET v1', () => {
    const said = { deviceType: 'board', provides: new Map(Object.entries(provides)) }
    expect(
      readNextV2(bytes({ device_provides: { ...provides, device_type: 'board' }, update_control_map: true })),
    ).toEqual(said)
    expect(readNextV1(bytes({ ...provides, device_type: 'board' }))).toEqual(said)
    expect(readNextQuery('artifact_name=a-1&device_type=board')).toEqual({
      ...said,
      provides: new Map([['artifact_name', 'a-1']]),
    })
  })

  test('of a device that has no device type is read', () => {
    expect(readNextV1(bytes({ artifact_name: 'a', device_type: '' })).deviceType).toBe('')
  })

  test('takes a name like __proto__ as the name that it is', () => {
    const { provides: read } = readNextV1(bytes('{"artifact_name":"a","device_type":"b","__proto__":"x"}'))
    expect(read.get('__proto__')).toBe('x')
  })

  test.each([
    ['no artifact name', { device_type: 'b' }],
    ['no device type', { artifact_name: 'a' }],
    ['a value that is no text', { artifact_name: 'a', device_type: 'b', x: 1 }],
    ['a list', []],
    [
      'provides without end',
      { artifact_name: 'a', device_type: 'b', ...Object.fromEntries(Array.from({ length: 300 }, (_, n) => [n, ''])) },
    ],
  ])('with %s is refused', (_what, body) => {
    expect(refusal(() => readNextV1(bytes(body)))).toMatchObject({ code: 'bad-field' })
  })

  test('is answered as the clients read it', () => {
    const uri = 'https://hub/files/1/2?m=3'
    const text = deploymentJson({ id: '7', artifactName: 'a-2', deviceTypes: ['board'], uri, expires: 1_800_000_000 })
    expect(JSON.parse(text)).toEqual({
      id: '7',
      artifact: {
        artifact_name: 'a-2',
        device_types_compatible: ['board'],
        source: { uri, expire: '2027-01-15T08:00:00.000Z' },
      },
    })
  })
})

test('the id of a deployment is a UUID of its own form around the output’s, long enough that a client finds its log by it', () => {
  expect(deploymentIdOf(2)).toBe('6d656e64-6572-8000-8000-000000000002')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (output) => {
      expect(outputIdOf(deploymentIdOf(output))).toBe(output)
    }),
  )
  for (const other of [
    '',
    '2',
    '6d656e64-6572-8000-8000-000000000000',
    '6d656e64-6572-8fff-8000-ffffffffffff',
    'x'.repeat(36),
  ])
    expect(outputIdOf(other)).toBeNull()
})

test('a status is one of the nine, with what a state script says beside it', () => {
  expect(readStatus(bytes({ status: 'installing', substate: 'running; script' }))).toEqual({
    status: 'installing',
    substate: 'running; script',
  })
  expect(readStatus(bytes({ status: 'already-installed' })).substate).toBe('')
  expect(refusal(() => readStatus(bytes({ status: 'exploded' }))).message).toContain('pause_before_committing')
  expect(refusal(() => readStatus(bytes({}))).code).toBe('bad-field')
})

test('the inventory takes texts, numbers, lists of them, and null for a script that printed nothing', () => {
  const list = [
    { name: 'kernel', value: '6.1' },
    { name: 'mem_total_kB', value: 2048 },
    { name: 'mac', value: ['a', 'b'], description: 'all of them' },
    { name: 'empty', value: null },
  ]
  expect(Object.fromEntries(readInventory(bytes(list)))).toEqual({
    kernel: '6.1',
    mem_total_kB: '2048',
    mac: 'a,b',
    empty: '',
  })
  expect(refusal(() => readInventory(bytes([{ name: 'x', value: {} }]))).message).toContain('attribute 0')
  expect(refusal(() => readInventory(bytes({ name: 'x' }))).code).toBe('bad-field')
})

test('a log is read line by line, also where a line lacks something', () => {
  const lines = readLog(
    bytes({ messages: [{ timestamp: 't', level: 'info', message: 'one' }, { message: 7 }, 'bare'] }),
  )
  expect(lines).toEqual([
    { time: 't', level: 'info', message: 'one' },
    { time: '', level: '', message: '7' },
    { time: '', level: '', message: 'bare' },
  ])
  expect(readLog(bytes({ messages: null }))).toEqual([])
  expect(refusal(() => readLog(bytes({ messages: Array.from({ length: 10_001 }, () => 0) }))).code).toBe('bad-field')
})
