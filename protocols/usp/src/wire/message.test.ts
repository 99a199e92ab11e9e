import { describe, expect, test } from 'vitest'
import { messageSchema } from './message-schema.ts'
import { decodeMessage, encodeMessage, msgTypes } from './message.ts'
import { decodeRecord, encodeRecord } from './record.ts'
import { limits } from './limits.ts'

const failure = (act: () => unknown): object => {
  try {
    return { read: act() }
  } catch (error) {
    const { code, clause } = error as { code: number; clause: string }
    return { code, clause }
  }
}
const getBody = { msgBody: { case: 'request', value: { reqType: { case: 'get', value: {} } } } } as const

describe('a message', () => {
  test('that is written is read as the same', () => {
    const inputArgs = new Map([['URL', 'https://hub/ä']])
    const request = {
      case: 'operate',
      value: { command: 'Device.Reboot()', commandKey: 'k', sendResp: true, inputArgs },
    } as const
    expect(decodeMessage(encodeMessage({ id: 'x-1', request }))).toEqual({ id: 'x-1', kind: 'request', request })
  })

  test.each([
    ['without a header', { body: getBody }, 7004, 'R-MSG.6'],
    ['without a body', { header: { msgId: 'a', msgType: msgTypes.get } }, 7004, 'R-MSG.7'],
    ['without a message id', { header: { msgType: msgTypes.get }, body: getBody }, 7004, 'R-MSG.8'],
    [
      'whose type is not its body’s',
      { header: { msgId: 'a', msgType: msgTypes.set }, body: getBody },
      7004,
      'R-MSG.10',
    ],
    [
      'of an unknown kind',
      { header: { msgId: 'a' }, body: { msgBody: { case: 'request', value: {} } } },
      7001,
      'R-MSG.1',
    ],
  ] as const)('%s is refused by its clause', (_what, draft, code, clause) => {
    expect(failure(() => decodeMessage(messageSchema.encode(draft)))).toEqual({ code, clause })
  })

  test('of more than the bound is not even looked at', () => {
    expect(failure(() => decodeMessage(new Uint8Array(limits.messageBytes + 1)))).toEqual({
      code: 7005,
      clause: 'R-MSG.5',
    })
  })
})

describe('a record', () => {
  const whole = { version: '1.3', toId: 'self::hub', fromId: 'os::1' } as const
  const payload = { case: 'noSessionContext', value: { payload: Uint8Array.of(1) } } as const

  test.each([
    ['without a target', { ...whole, toId: '', recordType: payload }],
    ['without a source', { ...whole, fromId: '', recordType: payload }],
    ['without a version', { ...whole, version: '', recordType: payload }],
    ['of no known type', whole],
  ])('%s is refused', (_what, draft) => {
    expect(failure(() => decodeRecord(encodeRecord(draft)))).toEqual({ code: 7104, clause: 'R-MTP.4b' })
  })

  test.each(['1.0', '1.1', '1.2', '1.3', '1.4', '1.9', '2.0'])('of version %s is read', (version) => {
    expect(decodeRecord(encodeRecord({ ...whole, version, recordType: payload })).version).toBe(version)
  })
})
