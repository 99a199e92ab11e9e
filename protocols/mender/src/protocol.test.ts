import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MenderError, menderErrorCodes } from './index.ts'
import { readAuthRequest } from './wire/auth-request.ts'
import { deploymentIdOf } from './wire/deployment-id.ts'
import { installOutput } from './test/install-output.ts'
import { serve, type Serving } from './test/serving.ts'

let hub: Serving
beforeEach(async () => {
  hub = await serve()
})
afterEach(() => hub.stop())

describe('a deployment', () => {
  test.each(['v2', 'v1', 'v1-get'] as const)(
    'asked for by %s is installed from the signed link, and proved',
    async (asks) => {
      const device = hub.accepted('dev-1', { asks, reboots: true })
      hub.order('dev-1', 'dl1', '1.0.0')
      expect(await device.poll()).toBe('success')
      expect(device.answers.map(({ answer }) => answer)).toEqual([204, 204, 204, 204])
      expect(hub.host.of('dev-1', 'outcome')).toMatchObject([
        { delivery: 'dl1', result: 'installed', reported: { name: 'guide-1.0.0' } },
      ])
      expect([device.artifact, await device.poll(), hub.host.waiting('dev-1')]).toEqual(['guide-1.0.0', 'nothing', 0])
    },
  )

  test('whose artifact is in place already is proved without a download', async () => {
    const device = hub.accepted('dev-1', { artifact: 'guide-1.0.0' })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect(await device.poll()).toBe('already-installed')
    expect(hub.host.of('dev-1', 'outcome')).toMatchObject([
      { result: 'installed', reported: { by: expect.stringContaining('already') } },
    ])
  })

  test.each(['downloading', 'installing', 'rebooting'] as const)(
    'that fails at %s is a failure with its log, and can be ordered again',
    async (failAt) => {
      const device = hub.accepted('dev-1', { reboots: true, faults: { failAt } })
      hub.order('dev-1', 'dl1', '1.0.0')
      expect(await device.poll()).toBe('failure')
      expect(hub.host.of('dev-1', 'outcome')).toMatchObject([{ result: 'failed', error: 'failed-on-device' }])
      expect(hub.host.of('dev-1', 'log')).toMatchObject([
        { request: '', text: expect.stringMatching(new RegExp(`guide-1.0.0.*dl1\n.*${failAt} failed`)) },
      ])
      device.faults.failAt = undefined
      hub.order('dev-1', 'dl2', '1.0.0')
      expect(await device.poll()).toBe('success')
    },
  )

  test('whose artifact has another name than was published is refused by the client', async () => {
    const device = hub.accepted('dev-1')
    hub.order('dev-1', 'dl1', '1.0.0', { name: 'something-else' })
    expect([await device.poll(), device.artifact]).toEqual(['failure', 'factory'])
  })

  test.each(['downloading', 'installing', 'rebooting'] as const)(
    'cancelled at %s is answered with 409: the device goes back',
    async (stage) => {
      let id = 0
      const during = async (status: string) => {
        if (status === stage) hub.host.queue('dev-1', { kind: 'cancel', delivery: 'dl1', reason: 'r' })
      }
      const device = hub.accepted('dev-1', { reboots: true, during })
      id = hub.order('dev-1', 'dl1', '1.0.0')
      expect(await device.poll()).toBe('aborted')
      expect(device.answers.slice(-2)).toEqual([
        { status: stage, answer: 409 },
        { status: 'failure', answer: 204 },
      ])
      expect(hub.host.of('dev-1', 'outcome')).toMatchObject([
        { id: `m${id}-outcome`, result: 'failed', error: 'cancelled' },
      ])
      expect([device.artifact, hub.host.waiting('dev-1')]).toEqual(['factory', 0])
    },
  )

  test('superseded in the middle gives way to the newer one', async () => {
    const during = async (status: string) => {
      if (status !== 'installing' || !hub.host.drop('dl1')) return
      hub.order('dev-1', 'dl2', '2.0.0')
    }
    const device = hub.accepted('dev-1', { during })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect([await device.poll(), await device.poll(), device.artifact]).toEqual(['aborted', 'success', 'guide-2.0.0'])
  })

  test('is given again to a device that lost power before it had the artifact', async () => {
    const device = hub.accepted('dev-1', { faults: { losePowerAt: 'downloading' } })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect(await device.poll()).toBe('power-lost')
    device.faults.losePowerAt = undefined
    await device.on()
    expect([await device.poll(), hub.host.of('dev-1', 'outcome').length]).toEqual(['success', 1])
  })

  test('is a failure when the device lost power while it installed', async () => {
    const device = hub.accepted('dev-1', { faults: { losePowerAt: 'installing' } })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect(await device.poll()).toBe('power-lost')
    await device.on()
    expect(hub.host.of('dev-1', 'outcome')).toMatchObject([{ result: 'failed' }])
  })

  test('that is reported as a success is proved by what the device has, not by its word', async () => {
    const device = hub.accepted('dev-1', { faults: { pretends: true } })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect(await device.poll()).toBe('success')
    expect(hub.host.of('dev-1', 'outcome')).toMatchObject([
      { result: 'installed', reported: { name: 'factory', version: '' } },
    ])
  })

  test('whose last report is lost is proved at the next poll', async () => {
    const device = hub.accepted('dev-1', { faults: { losesEnd: true } })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect([await device.poll(), hub.host.of('dev-1', 'outcome')]).toEqual(['success', []])
    device.faults.losesEnd = false
    expect(await device.poll()).toBe('nothing')
    expect(hub.host.of('dev-1', 'outcome')).toMatchObject([{ delivery: 'dl1', result: 'installed' }])
  })

  test('reported twice, late and out of order comes to the same end', async () => {
    const device = hub.accepted('dev-1', { reboots: true, faults: { repeats: true } })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect(await device.poll()).toBe('success')
    expect(device.answers.every(({ answer }) => answer === 204)).toBe(true)
    expect(hub.host.of('dev-1', 'outcome')).toHaveLength(1)
    expect(hub.host.of('dev-1', 'accepted')).toHaveLength(1)
  })

  test('goes on at another hub that remembers nothing itself', async () => {
    const device = hub.accepted('dev-1', {
      during: async (status) => {
        if (status !== 'installing') return
        await hub.protocol.stop()
        await hub.protocol.start(hub.host)
      },
    })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect(await device.poll()).toBe('success')
  })

  test('is downloaded on from where it was cut', async () => {
    const device = hub.accepted('dev-1', { faults: { cutDownloadAt: 1_000 } })
    hub.order('dev-1', 'dl1', '1.0.0')
    expect(await device.poll()).toBe('success')
  })

  test('of another device is none of this one’s business', async () => {
    const [one, two] = [hub.accepted('dev-1'), hub.accepted('dev-2')]
    const id = deploymentIdOf(hub.order('dev-1', 'dl1', '1.0.0'))
    expect((await one.askNext()).status).toBe(200)
    expect([await two.report(id, 'success'), await two.sendLog(id, []), await two.poll()]).toEqual([
      404,
      404,
      'nothing',
    ])
    expect(hub.host.of('dev-1', 'outcome')).toEqual([])
  })

  test('is not lost when the hub cannot store what the device says', async () => {
    const device = hub.accepted('dev-1')
    const id = deploymentIdOf(hub.order('dev-1', 'dl1', '1.0.0'))
    await device.askNext()
    hub.host.failing = 'inputs'
    expect(await device.report(id, 'success')).toBe(503)
    hub.host.failing = null
    expect([await device.report(id, 'success'), hub.host.of('dev-1', 'progress').length]).toEqual([204, 1])
    expect(hub.problems[0]).toMatchObject({ code: 'not-taken' })
  })

  test('whose artifact the hub does not have is not given', async () => {
    const device = hub.accepted('dev-1')
    hub.host.queue('dev-1', installOutput('dl1'))
    expect(await device.poll()).toBe('refused')
    expect(hub.problems[0]).toMatchObject({ code: 'not-taken', message: expect.stringContaining('cannot be fetched') })
  })
})

test('two requests of one device at the same time end as if one had come after the other', async () => {
  const device = hub.accepted('dev-1', { inventory: { os: 'Debian 12' } })
  await device.authenticate()
  hub.order('dev-1', 'dl1', '1.0.0')
  const answers = await Promise.all([
    device.askNext(),
    device.sendInventory(),
    device.askNext(),
    device.sendInventory('PATCH'),
  ])
  expect(answers.map((answer) => (typeof answer === 'number' ? answer : answer.status))).toEqual([200, 200, 200, 200])
  expect((await hub.host.recall('dev-1')).value).toMatchObject({
    open: { delivery: 'dl1' },
    attributes: { os: 'Debian 12' },
  })
})

test('an artifact that other hands put in place shows at the next poll', async () => {
  const device = hub.accepted('dev-1')
  await device.poll()
  device.setArtifact('by-hand-7')
  await device.poll()
  expect(hub.host.of('dev-1', 'inventory').at(-1)).toMatchObject({ units: [{ name: 'by-hand-7', version: '' }] })
})

test('an inventory becomes the capability report, by PUT and by PATCH, once', async () => {
  const device = hub.accepted('dev-1', { inventory: { mem_total_kB: '1024' } })
  expect([await device.sendInventory('PUT'), await device.sendInventory('PATCH')]).toEqual([200, 200])
  expect(hub.host.of('dev-1', 'capabilities')).toMatchObject([
    {
      report: {
        class: 'gateway',
        hardware: { model: 'board' },
        memory: { total: 1_048_576 },
        units: [{ name: 'factory' }],
      },
    },
  ])
})

test('a log is kept without secrets, and only its end', async () => {
  const device = hub.accepted('dev-1')
  const id = deploymentIdOf(hub.order('dev-1', 'dl1', '1.0.0'))
  await device.askNext()
  const secret =
    'Authorization: Bearer abcdefghijkl; http://u:pw123456@h/f?d=dev-1&m=mac-of-link; password=hunter2; eyJhbGci.eyJz.x'
  const bytes = `token [${Array.from({ length: 60 }, (_, n) => 40 + n).join(' ')}]`
  const many = Array.from({ length: 5_000 }, (_, n) => ({
    timestamp: 't',
    level: 'info',
    message: `line ${n} of many, many`,
  }))
  expect(
    await device.sendLog(id, [
      ...many,
      { level: 'error', message: secret },
      { message: bytes },
      { message: 'a\u0000b\u001b[2J' },
    ]),
  ).toBe(204)
  const [log] = hub.host.of('dev-1', 'log')
  const text = log?.kind === 'log' ? log.text : ''
  for (const leak of ['abcdefghijkl', 'pw123456', 'mac-of-link', 'hunter2', 'eyJz', '41 42 43', '\u001b', '\u0000'])
    expect(text).not.toContain(leak)
  expect(text).toContain('http://[secret]h/f?[secret]')
  expect(text).toMatch(/^deployment of guide-1.0.0, delivery dl1\n… \d+ earlier lines are left out\n/)
  expect(text.length).toBeLessThan(66_000)
})

describe('limits', () => {
  const { limits } = {
    limits: (asked: Parameters<Serving['protocol']['limits']>[0]) => hub.protocol.limits(asked, null),
  }

  test('an install has one artifact', () => {
    expect(limits(installOutput('d'))).toBeNull()
    expect(limits(installOutput('d', { files: 3 }))).toContain('3 files')
  })

  test.each([
    { kind: 'remove', role: 'files' },
    { kind: 'configure', settings: {} },
    { kind: 'restart', reason: '' },
    { kind: 'collect-log', request: 'r', bytes: 1 },
    { kind: 'message', text: '' },
  ] as const)('$kind is refused in words', (asked) => {
    expect(limits(asked)).toMatch(/^[A-Z].*\.$/)
  })

  test('what needs no artifact is answered at the next poll', async () => {
    for (const kind of ['ping', 'query-capabilities'] as const) {
      expect(limits({ kind })).toBeNull()
      hub.host.queue('dev-1', { kind })
    }
    await hub.accepted('dev-1').poll()
    expect([
      hub.host.of('dev-1', 'pong').length,
      hub.host.of('dev-1', 'capabilities').length,
      hub.host.waiting('dev-1'),
    ]).toEqual([1, 1, 0])
  })
})

test('a device that polls is present until it has missed its time, and nothing is sent to it', async () => {
  await hub.accepted('dev-1').poll()
  expect(hub.host.seenWithin).toEqual(new Map([['dev-1', 3_600_000]]))
  expect(hub.protocol.reaches('dev-1')).toBe(false)
  await hub.protocol.send([])
})

test('every refusal has a status and a meaning, and names what it is about', () => {
  for (const [name, { status, meaning }] of Object.entries(menderErrorCodes)) {
    expect([name, status >= 400 && status < 600, meaning.endsWith('.')]).toEqual([name, true, true])
  }
  const refusal = (() => {
    try {
      return readAuthRequest(Buffer.from('{"id_data":'))
    } catch (error) {
      return error
    }
  })()
  expect(refusal).toBeInstanceOf(MenderError)
  expect((refusal as Error).message).toBe('deviceauth v1, auth_requests: expected a value (at character 11)')
})
