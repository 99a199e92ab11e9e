import { describe, expect, test } from 'vitest'
import { mutated, random } from '../../../test/attacks/mutations.ts'
import { mutations, seed } from '../../../test/support/thoroughness.ts'
import { UspError } from './errors.ts'
import { SessionContext } from './session/context.ts'
import { decodeMessage, decodeRecord, encodeMessage, encodeRecord, sar } from './wire/index.ts'
import type { MessageDraft, RecordDraft } from './wire/index.ts'

const values = new Map([
  ['URL', 'https://hub.example/files/ab?d=1'],
  ['__proto__', 'x'],
])
const messages: readonly MessageDraft[] = [
  { id: 'a-1', request: { case: 'get', value: { paramPaths: ['Device.DeviceInfo.', 'Device.X.'], maxDepth: 2 } } },
  {
    id: 'a-2',
    response: {
      case: 'getResp',
      value: {
        reqPathResults: [
          { requestedPath: 'Device.', resolvedPathResults: [{ resolvedPath: 'Device.A.', resultParams: values }] },
          { requestedPath: 'Device.Y', errCode: 7026, errMsg: 'no' },
        ],
      },
    },
  },
  {
    id: 'a-3',
    request: { case: 'operate', value: { command: 'Device.Reboot()', commandKey: 'k', inputArgs: values } },
  },
  {
    id: 'a-4',
    request: {
      case: 'notify',
      value: {
        subscriptionId: 's',
        sendResp: true,
        notification: { case: 'event', value: { objPath: 'Device.', eventName: 'Boot!', params: values } },
      },
    },
  },
  { id: 'a-5', error: { errCode: 7004, errMsg: 'no', paramErrs: [{ paramPath: 'Device.A', errCode: 7011 }] } },
]
const ends = { version: '1.4', toId: 'self::sutler', fromId: 'os::0005B9-1' }
const records: readonly RecordDraft[] = [
  ...messages.map((each): RecordDraft => {
    const payload = encodeMessage(each)
    return { ...ends, recordType: { case: 'noSessionContext', value: { payload } } }
  }),
  { ...ends, recordType: { case: 'mqttConnect', value: { version: 1, subscribedTopic: 'a/b' } } },
  { ...ends, recordType: { case: 'disconnect', value: { reasonCode: 7105, reason: 'over' } } },
  {
    ...ends,
    macSignature: new Uint8Array(32),
    recordType: {
      case: 'sessionContext',
      value: {
        sessionId: 2n ** 63n,
        sequenceId: 1n,
        expectedId: 1n,
        payloadSarState: sar.begin,
        payload: [Uint8Array.of(1)],
      },
    },
  },
]

/** A record, and what is in it, and what a session context makes of it. */
function readWhole(bytes: Uint8Array): void {
  const { recordType, payloadSecurity } = decodeRecord(bytes)
  if (recordType.case === 'noSessionContext') decodeMessage(recordType.value.payload)
  if (recordType.case === 'sessionContext')
    for (const message of new SessionContext(7n).receive(recordType.value, payloadSecurity).messages)
      decodeMessage(message)
}

describe('random mutations of what an agent sends end in a value or a typed error', { timeout: 240_000 }, () => {
  test.each([
    ['records', records.map(encodeRecord), readWhole],
    ['messages', messages.map(encodeMessage), decodeMessage],
  ] as const)('%s', (_what, samples, read) => {
    const below = random(seed)
    const untyped: string[] = []
    let refused = 0
    for (let turn = 0; turn < mutations; turn++) {
      const given = mutated(samples[turn % samples.length]!, below)
      try {
        read(given)
      } catch (error) {
        refused++
        if (!(error instanceof UspError) || error.clause === '')
          untyped.push(`mutation ${turn} of seed ${seed}: ${String(error)}; ${Buffer.from(given).toString('hex')}`)
      }
    }
    expect(untyped.slice(0, 5)).toEqual([])
    expect(refused).toBeGreaterThan(0)
  })

  test('memory does not grow by what is refused', () => {
    const below = random(seed)
    const samples = records.map(encodeRecord)
    const before = process.memoryUsage().heapUsed
    for (let turn = 0; turn < 20_000; turn++) {
      try {
        readWhole(mutated(samples[turn % samples.length]!, below))
      } catch {
        // Refused.
      }
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64_000_000)
  })
})
