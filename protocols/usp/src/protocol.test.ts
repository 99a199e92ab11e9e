import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../../test/support/until.ts'
import { eventBody, message, notifications, requests } from '../../../simulators/src/usp/messages.ts'
import { recordTypes } from '../../../simulators/src/usp/records.ts'
import { device, endpoint, Line } from './test/line.ts'
import type { Fields } from '../../../simulators/src/usp/protobuf.ts'

let line: Line

beforeEach(async () => {
  line = new Line()
  await line.host.start()
  await line.begin()
})
afterEach(async () => {
  await line.protocol.stop()
  await line.host.stop()
})

/** Waits for the hub's next request of this number and returns its id. */
async function asked(number: number, after = 0): Promise<string> {
  const found = () => line.heard().filter((each) => each.part === 'request' && each.number === number)
  await until(() => found().length > after)
  return found()[after]!.id
}

/** @param times that it was greeted before @param gets that the hub has sent before */
async function greeted(times = 0, gets = 0): Promise<void> {
  line.answer(await asked(requests.getSupportedProtocol, times), 'getSupportedProtocolResp', [[1, '1.0,1.3']])
  line.answer(await asked(requests.getSupportedDm, times), 'getSupportedDmResp', supported)
  line.answer(await asked(requests.get, gets), 'getResp')
  line.answer(await asked(requests.get, gets + 1), 'getResp')
  line.answer(await asked(requests.add, times), 'addResp')
  await until(() => line.host.present.has(device))
}

const object = (path: string, command: string): readonly [number, Fields] => [
  5,
  [
    [1, path],
    [4, [[1, command]]],
  ],
]
const supported: Fields = [
  [1, [[1, 'Device.'], object('Device.', 'Reboot()'), object('Device.SoftwareModules.', 'InstallDU()')]],
]

const confirmations = () => line.heard().filter(({ part, number }) => part === 'response' && number === 8)
const boot: Fields = eventBody('Device.', 'Periodic!', {})

describe('an agent that connects', () => {
  test('is told so first, then asked what it speaks, what it has, what it is, and subscribed to', async () => {
    expect(line.records[0]!.has(recordTypes.webSocketConnect)).toBe(true)
    await greeted()
    expect(line.host.of(device, 'hello')).toMatchObject([{ agent: 'usp/1.0,1.3' }])
    expect(line.host.of(device, 'capabilities')).toMatchObject([{ report: { class: 'gateway' } }])
    expect(line.protocol.reaches(device)).toBe(true)
  })

  test('that knows no message but Get and Add is served all the same', async () => {
    line.refuse(await asked(requests.getSupportedProtocol), 7001)
    line.refuse(await asked(requests.getSupportedDm), 7001)
    line.answer(await asked(requests.get), 'getResp')
    line.answer(await asked(requests.get, 1), 'getResp')
    line.refuse(await asked(requests.add), 7004)
    expect(await until(() => line.host.present.has(device))).toBe(true)
  })

  test('that answers nothing is given up, and is unreachable', async () => {
    await asked(requests.getSupportedProtocol)
    line.clock.advance(30_001)
    await until(() => line.closed.length > 0)
    expect(line.protocol.reaches(device)).toBe(false)
  })

  test('a second time ends the first connection', async () => {
    await greeted()
    line.connect()
    expect(line.closed).toEqual([false])
    await until(() => !line.host.present.has(device))
  })

  test('that is cut off is disconnected', async () => {
    await greeted()
    line.protocol.cutOff!(device)
    expect(line.closed).toEqual([false])
    expect(line.protocol.reaches(device)).toBe(false)
  })
})

describe('a notification', () => {
  test('that asks for an answer gets one with its own message id and subscription', async () => {
    await greeted()
    line.notify('n-17', notifications.event, boot)
    await until(() => confirmations().length === 1)
    expect(confirmations().map(({ id, body }) => [id, body.text(1)])).toEqual([['n-17', 'sub-1']])
  })

  test('that asks for none gets none', async () => {
    await greeted()
    line.notify('n-18', notifications.event, boot, false)
    line.notify('n-19', notifications.event, boot)
    await until(() => confirmations().length > 0)
    expect(confirmations().map(({ id }) => id)).toEqual(['n-19'])
  })

  test('OnBoardRequest is answered each time it comes', async () => {
    await greeted()
    for (const turn of [1, 2]) {
      line.notify('onboard', notifications.onBoardRequest, [[1, '0005B9']])
      line.answer(await asked(requests.getSupportedProtocol, turn), 'getSupportedProtocolResp')
      line.answer(await asked(requests.getSupportedDm, turn), 'getSupportedDmResp')
      line.answer(await asked(requests.get, turn * 2), 'getResp')
      line.answer(await asked(requests.get, turn * 2 + 1), 'getResp')
      line.answer(await asked(requests.add, turn), 'addResp')
      await until(() => confirmations().length === turn)
    }
    expect(confirmations().map(({ id }) => id)).toEqual(['onboard', 'onboard'])
  })

  test('is not answered when the host has not taken what follows from it', async () => {
    await greeted()
    const take = line.host.inputs.bind(line.host)
    line.host.inputs = async () => {
      throw new Error('the database is down')
    }
    const dus = eventBody('Device.SoftwareModules.', 'DUStateChange!', {})
    line.notify('n-20', notifications.event, dus)
    line.answer(await asked(requests.get, 2), 'getResp')
    await until(() => line.problems.some(({ detail }) => detail === 'could not take a notification'))
    expect(confirmations()).toEqual([])
    line.host.inputs = take
    line.notify('n-20', notifications.event, dus)
    line.answer(await asked(requests.get, 3), 'getResp')
    await until(() => confirmations().length === 1)
  })

  test('of its own request is all that a controller takes; other requests are answered with 7001', async () => {
    await greeted()
    line.tell(message('x-1', 'getResp', []))
    line.say('plain', [[2, Buffer.from(requestOf('x-2', requests.get))]])
    await until(() => line.last().part === 'error')
    expect([line.last().id, line.last().body.number(1)]).toEqual(['x-2', 7001n])
    expect(line.problems.map(({ detail }) => detail)).toContain('an answer to nothing, x-1')
  })
})

describe('a command', () => {
  const install = () => {
    const content = Buffer.from('guide 1.0.0\n')
    const component = line.host.component('guide', '1.0.0', { role: 'unit', files: [{ path: 'g', content }] })
    line.host.queue(device, { ...component, delivery: 'dlv-1', epoch: 1 })
  }
  const unit: Fields = [
    [1, 'Device.SoftwareModules.DeploymentUnit.1.'],
    [
      2,
      [
        [1, 'Name'],
        [2, 'guide'],
      ],
    ],
    [
      2,
      [
        [1, 'Version'],
        [2, '1.0.0'],
      ],
    ],
    [
      2,
      [
        [1, 'Status'],
        [2, 'Installed'],
      ],
    ],
  ]
  const ended = (key: string): Fields => [
    [1, 'Device.SoftwareModules.'],
    [2, 'InstallDU()'],
    [3, key],
    [4, []],
  ]

  test('whose end is notified before its answer ends well', async () => {
    await greeted()
    install()
    line.answer(await asked(requests.get, 2), 'getResp')
    const id = await asked(requests.operate)
    line.notify('n-1', notifications.operationComplete, ended('dlv-1.1'))
    line.answer(id, 'operateResp', [
      [
        1,
        [
          [1, 'x'],
          [2, 'Device.LocalAgent.Request.1'],
        ],
      ],
    ])
    line.answer(await asked(requests.get, 3), 'getResp', [
      [
        1,
        [
          [1, 'x'],
          [4, unit],
        ],
      ],
    ])
    await until(() => line.host.of(device, 'outcome').length === 1)
    expect(line.host.of(device, 'outcome')[0]).toMatchObject({
      result: 'installed',
      reported: { name: 'guide', version: '1.0.0' },
    })
    await until(() => confirmations().length === 1)
    expect(line.host.of(device, 'accepted')).toHaveLength(1)
  })

  test('whose answer went astray with the connection was accepted, says its end', async () => {
    await greeted()
    install()
    line.answer(await asked(requests.get, 2), 'getResp')
    await asked(requests.operate)
    line.connect()
    line.notify('n-1', notifications.operationComplete, ended('dlv-1.1'))
    await greeted(1, 3)
    line.answer(await asked(requests.get, 5), 'getResp', [
      [
        1,
        [
          [1, 'x'],
          [4, unit],
        ],
      ],
    ])
    await until(() => line.host.of(device, 'outcome').length === 1)
    const said = line.host.said.map(({ input }) => input.kind)
    expect(said.filter((kind) => kind === 'accepted' || kind === 'outcome')).toEqual(['accepted', 'outcome'])
  })

  test('that another controller gave is confirmed and otherwise left alone', async () => {
    await greeted()
    line.notify('n-2', notifications.operationComplete, ended('theirs'))
    await until(() => confirmations().length === 1)
    expect(line.host.of(device, 'outcome')).toEqual([])
  })

  test('that does not begin is declined with the agent’s own words', async () => {
    await greeted()
    install()
    line.answer(await asked(requests.get, 2), 'getResp')
    const failure: Fields = [
      [1, 'x'],
      [
        4,
        [
          [1, { fixed: 7005 }],
          [2, 'no room for more'],
        ],
      ],
    ]
    line.answer(await asked(requests.operate), 'operateResp', [[1, failure]])
    await until(() => line.host.of(device, 'declined').length === 1)
    expect(line.host.of(device, 'declined')[0]).toMatchObject({ reason: 'busy', detail: '7005: no room for more' })
    expect(line.host.waiting(device)).toBe(0)
  })

  test('Reboot() is given once, whether or not it is answered', async () => {
    await greeted()
    line.host.queue(device, { kind: 'restart', reason: 'asked' })
    await asked(requests.operate)
    expect(await until(() => line.host.waiting(device) === 0)).toBe(true)
  })
})

describe('a record', () => {
  const hello: Fields = [[2, message('z', 'getResp', [])]]

  test('for another endpoint, or from another, is ignored', async () => {
    line.say('plain', hello, endpoint, 'self::somebody')
    line.say('plain', hello, 'os::other', undefined)
    expect(line.problems.map(({ detail }) => detail)).toEqual([
      'a record for self::somebody',
      'a record from os::other',
    ])
    expect(line.closed).toEqual([])
  })

  test('that is none ends the connection as unreadable', () => {
    line.raw(Buffer.from('not a record at all'))
    expect(line.closed).toEqual([true])
  })

  test('with a message that cannot be read leaves the connection as it is', async () => {
    line.say('plain', [[2, Buffer.from([0xff, 0xff])]])
    expect(line.problems).toHaveLength(1)
    expect(line.closed).toEqual([])
    await greeted()
  })

  test('with an unknown kind of message is answered with 7001', async () => {
    line.say('plain', [[2, Buffer.from([0x0a, 0x03, 0x0a, 0x01, 0x71, 0x12, 0x02, 0x0a, 0x00])]])
    await until(() => line.heard().some(({ part }) => part === 'error'))
    const answer = line.heard().find(({ part }) => part === 'error')!
    expect([answer.id, answer.body.number(1)]).toEqual(['q', 7001n])
  })

  test('disconnect ends the link, except where it is only about the session context', async () => {
    line.leave(7105)
    expect(line.closed).toEqual([])
    line.leave(7000)
    expect(line.closed).toEqual([false])
  })
})

describe('a session context', () => {
  const inSession = (sequence: bigint, payload: Buffer, more: Fields = []): void =>
    line.say('session', [[1, 99n], [2, sequence], [3, 1n], ...more, [7, payload]])
  const sessions = () => line.records.filter((each) => each.has(recordTypes.session)).map((each) => each.sub(8))

  test('that the agent begins is used for the answer, and for what the hub asks from then on', async () => {
    const { id } = { id: await asked(requests.getSupportedProtocol) }
    inSession(1n, message(id, 'getSupportedProtocolResp', [[1, '1.3']]))
    await until(() => sessions().some((each) => each.bytes(7).length > 0))
    expect(sessions().map((each) => each.number(1))).toEqual(sessions().map(() => 99n))
    expect(sessions().map((each) => each.number(2))).toEqual(sessions().map((_each, index) => BigInt(index + 1)))
  })

  test('that fails begins anew with another id, and open requests are sent again in it', async () => {
    await asked(requests.getSupportedProtocol)
    inSession(1n, Buffer.from('x'), [[5, 2]])
    await until(() => sessions().some((each) => each.number(1) !== 99n && each.bytes(7).length > 0))
    const fresh = sessions().filter((each) => each.number(1) !== 99n)
    expect(fresh[0]!.number(1)).toBeGreaterThan(1n)
    expect(fresh.map((each) => each.number(2))).toEqual(fresh.map((_each, index) => BigInt(index + 1)))
  })

  test('that the agent insists on is waited for, and open requests are sent in it once', async () => {
    await asked(requests.getSupportedProtocol)
    const before = line.records.length
    line.leave(7105)
    expect(line.records).toHaveLength(before)
    inSession(1n, Buffer.alloc(0))
    await until(() => sessions().some((each) => each.bytes(7).length > 0))
    expect(sessions().map((each) => [each.number(1), each.number(2)])).toEqual([[99n, 1n]])
  })

  test('that ends as soon as it has begun is not begun for ever', async () => {
    await asked(requests.getSupportedProtocol)
    for (let turn = 0n; turn < 20n && line.closed.length === 0; turn++) {
      line.say('session', [
        [1, 100n + turn],
        [2, 1n],
        [3, 1n],
        [7, Buffer.alloc(0)],
      ])
      line.leave(7105)
    }
    expect(line.closed).toEqual([false])
    expect(line.records.length).toBeLessThan(20)
  })

  test('with secured payloads is refused with 7102', async () => {
    const secured = Buffer.concat([Buffer.from([0x20, 1])])
    const plain = (await import('../../../simulators/src/usp/records.ts')).record(endpoint, 'self::sutler', 'session', [
      [1, 99n],
      [2, 1n],
      [7, Buffer.from('x')],
    ])
    line.raw(Buffer.concat([plain, secured]))
    const refusal = line.records.find((each) => each.has(recordTypes.disconnect))!
    expect(refusal.sub(12).number(2)).toBe(7102n)
  })
})

/** A request of an agent, with nothing in it. */
function requestOf(id: string, number: number): Uint8Array {
  const head = [0x0a, id.length + 4, 0x0a, id.length, ...Buffer.from(id), 0x10, 1]
  return Uint8Array.from([...head, 0x12, 0x04, 0x0a, 0x02, (number << 3) | 2, 0x00])
}
