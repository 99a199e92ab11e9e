import { describe, expect, test } from 'vitest'
import { installOutput } from '../test/install-output.ts'
import { planInventory } from './inventory.ts'
import { memoryOf, nothing, type Memory } from './memory.ts'
import { planPoll } from './poll.ts'
import { Rhythm } from './rhythm.ts'
import { planStatus } from './status.ts'
import type { Output, QueuedOutput } from '@sutler/device-model'
import type { DeploymentStatus } from '../wire/status.ts'

const queued = (id: number, output: Output): QueuedOutput => ({ id, device: 'd', output })
const says = (artifact: string, more: Record<string, string> = {}) => ({
  deviceType: 'board',
  provides: new Map(Object.entries({ artifact_name: artifact, ...more })),
})
const install = (id: number, delivery = `dl${id}`, version = '1.0.0') =>
  queued(id, installOutput(delivery, { version, reports: { name: 'guide', version } }))
const cancel = (id: number, delivery: string) => queued(id, { kind: 'cancel', delivery, reason: 'r' })

/** A device that has been given output 1 and has begun it. */
function under(queue: readonly QueuedOutput[] = [install(1)]): Memory {
  const { memory } = planPoll({ memory: nothing, version: 0 }, queue, says('factory'))
  return planStatus({ memory, version: 1 }, queue, 1, { status: 'downloading', substate: '' }).memory
}
const report = (memory: Memory, queue: readonly QueuedOutput[], status: DeploymentStatus, id = 1, substate = '') =>
  planStatus({ memory, version: 9 }, queue, id, { status, substate })
const kinds = (plan: { inputs: readonly { kind: string }[] }) => plan.inputs.map(({ kind }) => kind)

describe('a poll', () => {
  test('is given the oldest install, under the output’s id and the name that the device will report', () => {
    const plan = planPoll({ memory: nothing, version: 0 }, [install(3), install(4)], says('factory'))
    expect(plan.offer?.id).toBe(3)
    expect(plan.memory.open).toEqual({ id: 3, delivery: 'dl3', artifact: 'guide-1.0.0', bytes: 5_120, stage: 'given' })
    expect(plan.taken).toEqual([])
  })

  test('is given the same again until the device has said how it ended', () => {
    const queue = [install(1)]
    const plan = planPoll({ memory: under(queue), version: 2 }, queue, says('factory'))
    expect([plan.offer?.id, plan.memory.open?.stage, plan.inputs]).toEqual([1, 'begun', []])
  })

  test('says what the device runs when that is new, and only then', () => {
    const first = planPoll({ memory: nothing, version: 0 }, [], says('a-1', { 'rootfs-image.version': '7' }))
    expect(first.inputs).toEqual([
      {
        id: 'm-provides-0',
        kind: 'inventory',
        units: [
          { name: 'a-1', version: '' },
          { name: 'rootfs-image', version: '7' },
        ],
      },
    ])
    const again = planPoll({ memory: first.memory, version: 1 }, [], says('a-1', { 'rootfs-image.version': '7' }))
    expect([again.inputs, again.memory === first.memory]).toEqual([[], true])
    expect(kinds(planPoll({ memory: first.memory, version: 1 }, [], says('a-2')))).toEqual(['inventory'])
  })

  test('answers a ping and a question for its report, and takes what needs nothing', () => {
    const queue = [queued(1, { kind: 'ping' }), queued(2, { kind: 'query-capabilities' }), install(3)]
    const plan = planPoll({ memory: nothing, version: 0 }, queue, says('a'))
    expect([kinds(plan), plan.taken, plan.reportWanted, plan.offer?.id]).toEqual([['inventory', 'pong'], [1, 2], 2, 3])
  })

  test('after a cancellation before anything began ends the delivery without giving it', () => {
    const queue = [install(1), cancel(2, 'dl1'), install(3)]
    const plan = planPoll({ memory: nothing, version: 0 }, queue, says('factory'))
    expect(plan.inputs.at(-1)).toMatchObject({ kind: 'outcome', delivery: 'dl1', result: 'failed', error: 'cancelled' })
    expect([plan.taken.toSorted(), plan.offer?.id]).toEqual([[1, 2], 3])
  })

  test('after a cancellation in the middle ends the delivery by what is in place', () => {
    const queue = [install(1), cancel(2, 'dl1')]
    const back = planPoll({ memory: under(), version: 2 }, queue, says('factory'))
    expect(back.inputs).toMatchObject([{ kind: 'outcome', result: 'failed', error: 'cancelled' }])
    const late = planPoll({ memory: under(), version: 2 }, queue, says('guide-1.0.0'))
    expect(late.inputs.at(-1)).toMatchObject({ result: 'installed', reported: { name: 'guide-1.0.0', version: '' } })
    expect([new Set(back.taken), new Set(late.taken)]).toEqual([new Set([1, 2]), new Set([1, 2])])
  })

  test('proves what was reported as a success by what the device has, whatever that is', () => {
    const { memory } = report(under(), [install(1)], 'success')
    const proof = (...[artifact, more]: Parameters<typeof says>) =>
      planPoll({ memory, version: 3 }, [install(1)], says(artifact, more)).inputs.at(-1)
    expect(proof('guide-1.0.0')).toMatchObject({ kind: 'outcome', reported: { name: 'guide-1.0.0', version: '' } })
    expect(proof('other', { 'data-partition.guide.version': '1.0.0' })).toMatchObject({
      reported: { name: 'guide', version: '1.0.0', by: 'artifact_name and provides in deployments/next' },
    })
    expect(proof('factory')).toMatchObject({ result: 'installed', reported: { name: 'factory' } })
  })

  test('does not begin what a newer intention has overtaken, in whatever order they come', () => {
    const newest = queued(1, installOutput('dl1', { epoch: 12 }))
    const old = queued(2, installOutput('dl2', { epoch: 11 }))
    const plan = planPoll({ memory: nothing, version: 0 }, [old, newest], says('factory'))
    expect([plan.offer?.id, plan.taken]).toEqual([1, [2]])
    expect(plan.inputs.at(-1)).toMatchObject({ kind: 'declined', delivery: 'dl2', reason: 'superseded' })
    const after = planPoll({ memory: plan.memory, version: 1 }, [old], says('factory'))
    expect([after.offer, after.taken]).toEqual([null, [2]])
  })

  test('does not begin again what has ended and comes once more', () => {
    const queue = [install(1)]
    const { memory } = report(under(queue), queue, 'failure')
    const plan = planPoll({ memory, version: 3 }, queue, says('factory'))
    expect([plan.offer, plan.taken, plan.inputs]).toEqual([null, [1], []])
  })

  test('after a cancellation of what has ended changes nothing', () => {
    const { memory } = report(under(), [install(1)], 'failure')
    const plan = planPoll({ memory, version: 3 }, [cancel(2, 'dl1')], says('factory'))
    expect([plan.inputs, plan.taken]).toEqual([[], [2]])
  })

  test('after a cancellation whose install has left the queue still ends the delivery', () => {
    const plan = planPoll({ memory: nothing, version: 0 }, [cancel(2, 'dl1')], says('factory'))
    expect(plan.inputs.at(-1)).toMatchObject({ kind: 'outcome', delivery: 'dl1', error: 'cancelled' })
  })

  test('forgets what a newer order has taken out of the queue', () => {
    const plan = planPoll({ memory: under(), version: 2 }, [install(5, 'dl5', '2.0.0')], says('factory'))
    expect(plan.memory.open?.id).toBe(5)
    expect(plan.memory.ended).toMatchObject([{ id: 1, as: 'aborted' }])
    expect(plan.inputs).toEqual([])
  })
})

describe('a status', () => {
  const interim = [
    'pause_before_installing',
    'installing',
    'pause_before_rebooting',
    'rebooting',
    'pause_before_committing',
  ] as const

  test('the first one accepts the delivery, each is progress', () => {
    const queue = [install(1)]
    const { memory } = planPoll({ memory: nothing, version: 0 }, queue, says('factory'))
    const first = report(memory, queue, 'downloading')
    expect(first.inputs).toEqual([
      { id: 'm1-accepted', kind: 'accepted', delivery: 'dl1' },
      { id: 'm1-downloading', kind: 'progress', delivery: 'dl1', stage: 'downloading', done: 0, total: 5_120 },
    ])
    const stages = interim.map((status) => report(first.memory, queue, status).inputs[0])
    expect(stages.map((input) => input?.kind === 'progress' && input.stage)).toEqual([
      'verifying',
      'installing',
      'installing',
      'restarting',
      'checking',
    ])
  })

  test('success is progress: what the device has is its next word', () => {
    const plan = report(under(), [install(1)], 'success')
    expect(plan.inputs).toEqual([
      { id: 'm1-success', kind: 'progress', delivery: 'dl1', stage: 'checking', done: 5_120, total: 5_120 },
    ])
    expect([plan.taken, plan.memory.open?.stage, plan.answer]).toEqual([[], 'done', 'taken'])
    const proof = planInventory(
      { memory: plan.memory, version: 5 },
      'gateway',
      new Map([['artifact_name', 'guide-1.0.0']]),
      'replace',
    )
    expect(proof.inputs.at(-1)).toEqual({
      id: 'm1-outcome',
      kind: 'outcome',
      delivery: 'dl1',
      result: 'installed',
      digests: [],
      reported: { name: 'guide-1.0.0', version: '', by: 'artifact_name in the inventory after status success' },
      health: { ok: true, detail: '' },
      error: '',
    })
    expect([proof.taken, proof.memory.open]).toEqual([[1], null])
  })

  test('already-installed is proved by what the device said when it asked', () => {
    const queue = [install(1)]
    const asked = planPoll({ memory: nothing, version: 0 }, queue, says('guide-1.0.0'))
    const plan = report(asked.memory, queue, 'already-installed')
    expect(plan.inputs).toMatchObject([
      { kind: 'accepted' },
      { result: 'installed', reported: { name: 'guide-1.0.0' } },
    ])
    expect([plan.taken, plan.memory.open]).toEqual([[1], null])
  })

  test('failure says why, as far as the device does', () => {
    const why = (substate: string) => report(under(), [install(1)], 'failure', 1, substate).inputs[0]
    expect(why('ArtifactInstall_Enter_00: disk')).toMatchObject({
      result: 'failed',
      error: 'failed-on-device',
      health: { ok: false, detail: 'ArtifactInstall_Enter_00: disk' },
    })
    expect(why('')).toMatchObject({ health: { detail: expect.stringContaining('log') } })
  })

  test.each(['downloading', 'installing', 'rebooting'] as const)(
    '%s of what was cancelled makes the client go back',
    (status) => {
      const plan = report(under(), [install(1), cancel(2, 'dl1')], status)
      expect([plan.answer, plan.inputs, plan.taken]).toEqual(['aborted', [], []])
    },
  )

  test('of what is superseded makes the client go back, and the failure that follows is taken', () => {
    const plan = report(under(), [install(5, 'dl5', '2.0.0')], 'installing')
    expect(plan.answer).toBe('aborted')
    expect(report(plan.memory, [install(5, 'dl5', '2.0.0')], 'failure')).toMatchObject({ answer: 'taken', taken: [1] })
  })

  test('an end that comes after the cancellation is taken as it is, and answers it', () => {
    const queue = [install(1), cancel(2, 'dl1')]
    const failure = report(under(), queue, 'failure')
    expect([failure.inputs[0], failure.taken]).toMatchObject([{ error: 'cancelled' }, [1, 2]])
    expect(report(under(), queue, 'success')).toMatchObject({ answer: 'taken', taken: [] })
  })

  test('repeated or late changes nothing', () => {
    const { memory } = report(under(), [install(1)], 'failure')
    for (const status of ['success', 'downloading', 'failure'] as const)
      expect(report(memory, [], status)).toEqual({ memory, inputs: [], taken: [], answer: 'taken' })
    const done = report(under(), [install(1)], 'success').memory
    expect(report(done, [install(1)], 'installing')).toEqual({ memory: done, inputs: [], taken: [], answer: 'taken' })
  })

  test('of a deployment that the device was never given is unknown', () => {
    expect(report(under(), [install(1)], 'success', 77).answer).toBe('unknown')
  })
})

describe('an inventory', () => {
  const attributes = new Map([
    ['device_type', 'board'],
    ['artifact_name', 'a-2'],
    ['mender_client_version', '3.4.0'],
    ['os', 'Debian GNU/Linux 12 (bookworm)'],
    ['mem_total_kB', '2048'],
    ['update_modules', 'script,deb'],
    ['hostname', 'not kept'],
  ])

  test('becomes the capability report, with what the device runs', () => {
    const plan = planInventory({ memory: nothing, version: 4 }, 'gateway', attributes, 'replace')
    expect(plan.inputs).toEqual([
      {
        id: 'm-inventory-4',
        kind: 'capabilities',
        report: {
          class: 'gateway',
          hardware: { model: 'board', arch: '' },
          os: { name: 'Debian GNU/Linux', version: '12 (bookworm)' },
          memory: { total: 2_097_152 },
          runtimes: { 'mender-client': '3.4.0' },
          features: ['module:script', 'module:deb'],
          installed: [],
          units: [{ name: 'a-2', version: '' }],
        },
      },
    ])
    expect(JSON.stringify(plan.memory)).not.toContain('not kept')
  })

  test('that says nothing new is not said again; PATCH keeps what it does not name, PUT does not', () => {
    const { memory } = planInventory({ memory: nothing, version: 0 }, 'gateway', attributes, 'replace')
    expect(planInventory({ memory, version: 1 }, 'gateway', attributes, 'replace')).toEqual({
      memory,
      inputs: [],
      taken: [],
    })
    const newer = new Map([['mender_client_version', '4.0']])
    const merged = planInventory({ memory, version: 1 }, 'gateway', newer, 'merge').memory
    expect(merged.attributes).toMatchObject({ mender_client_version: '4.0', device_type: 'board' })
    expect(planInventory({ memory, version: 1 }, 'gateway', newer, 'replace').memory.attributes).toEqual({
      mender_client_version: '4.0',
    })
  })

  test('of a device without os is told by its kernel', () => {
    const kernel = new Map([['kernel', 'Linux version 6.1.0-18 (gcc) #1 SMP']])
    const [input] = planInventory({ memory: nothing, version: 0 }, 'phone', kernel, 'replace').inputs
    expect(input).toMatchObject({ report: { os: { name: 'Linux', version: '6.1.0-18' } } })
  })
})

test('what another format remembered is learnt anew', () => {
  expect([memoryOf(null), memoryOf({ format: 2 }), memoryOf('x')]).toEqual([nothing, nothing, nothing])
})

test('what is remembered of a device stays small, whatever it says', () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`provides-${n}`, 'x'.repeat(1_000)]))
  const some = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`p-${n}`, 'x'.repeat(300)]))
  for (const said of [many, some])
    expect(JSON.stringify(planPoll({ memory: nothing, version: 0 }, [], says('a', said)).memory).length).toBeLessThan(
      32_768,
    )
})

test('a device is missed after twice its own pause', () => {
  const rhythm = new Rhythm()
  const minute = 60_000
  expect(rhythm.seen('d', 0)).toBe(60 * minute)
  expect(rhythm.seen('d', 45 * minute)).toBe(90 * minute)
  expect(rhythm.seen('d', 45 * minute + 5)).toBeGreaterThan(75 * minute)
  let within = 0
  for (let at = 46; at < 200; at++) within = rhythm.seen('d', at * minute)
  expect(within).toBe(2 * minute)
})

test('whatever a device provides, what is remembered of it stays within what the hub keeps', () => {
  const wide = '\u4e00'.repeat(390)
  const more = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`p${index}`, wide]))
  const { memory } = planPoll({ memory: nothing, version: 0 }, [install(1)], says('\u4e00'.repeat(1_024), more))
  const attributes = new Map(['os', 'kernel', 'arch', 'update_modules'].map((name) => [name, '\u4e00'.repeat(1_024)]))
  const after = planInventory({ memory, version: 1 }, 'gateway', attributes, 'replace').memory
  expect(after.provides.length).toBeGreaterThan(10)
  expect(Buffer.byteLength(JSON.stringify(after))).toBeLessThan(65_536)
})
