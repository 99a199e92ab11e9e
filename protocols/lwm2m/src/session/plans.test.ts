import { describe, expect, test } from 'vitest'
import { answer } from '../wire/numbers.ts'
import { firmwareRefused, planFirmware } from './firmware.ts'
import { patience } from './job.ts'
import { planSoftware, softwareRefused } from './software.ts'
import { takeCancel, takeWork } from './taking.ts'
import { mostJobs, nothing, rememberedOf } from './remembered.ts'
import type { InstallOutput, QueuedOutput } from '@sutler/device-model'
import type { FirmwareLook } from './firmware.ts'
import type { Job } from './job.ts'
import type { Software, SoftwareLook } from './software.ts'

const install: InstallOutput = {
  kind: 'install',
  delivery: 'd-1',
  epoch: 3,
  service: 'guide',
  version: '2.0.0',
  component: 'app',
  manifest: { digest: 'm', size: 1 },
  files: 1,
  bytes: 10,
  role: 'firmware',
  reports: { name: 'guide', version: '2.0.0' },
}
const content = { manifest: 'm', digest: 'f', size: 10 }
const link = { base: 'http://hub/files', query: 'd=1', expires: 4_000_000_000 }
const queued = (over: Partial<InstallOutput> = {}, id = 1): QueuedOutput => ({
  id,
  device: 'box',
  output: { ...install, ...over },
  link,
})
const job = (over: Partial<Job> = {}): Job => ({
  ...takeWork(nothing, queued(), content, false, 0).memory.jobs[0]!,
  ...over,
})

const look = (over: Partial<FirmwareLook> = {}): FirmwareLook => ({
  now: 1000,
  registration: 'r-1',
  state: 0,
  result: 0,
  runs: { version: '1.0.0', by: '/3/0/3 Firmware Version' },
  packageName: '',
  delivery: 2,
  fetches: true,
  ...over,
})

describe('a firmware update', () => {
  test('goes by URI where the device fetches, and in blocks where it does not', () => {
    expect(planFirmware(job(), look())).toMatchObject({
      act: { do: 'offer-link', path: '/5/0/1' },
      job: { stage: 'offered', way: 'pull' },
    })
    expect(planFirmware(job(), look({ fetches: false })).act).toEqual({ do: 'push', path: '/5/0/0' })
    expect(planFirmware(job(), look({ delivery: 1 })).act).toMatchObject({ do: 'push' })
    expect(planFirmware(job(), look({ delivery: 0, fetches: false })).act).toMatchObject({ do: 'offer-link' })
  })

  test('waits while it is downloaded, is executed once it is, and waits for the restart', () => {
    const offered = job({ stage: 'offered', way: 'pull', registration: 'r-1' })
    expect(planFirmware(offered, look({ state: 1 }))).toEqual({ job: offered, stage: 'downloading' })
    const step = planFirmware(offered, look({ state: 2 }))
    expect(step).toMatchObject({ act: { do: 'execute', path: '/5/0/2' }, job: { stage: 'started' } })
    expect(planFirmware(step.job, look({ state: 3 }))).toMatchObject({ stage: 'restarting' })
    const back = look({ registration: 'r-2', result: 1, runs: { version: '2.0.0', by: '/3/0/3 Firmware Version' } })
    expect(planFirmware(step.job, back).end).toEqual({
      result: 'installed',
      reported: { name: 'guide', version: '2.0.0' },
      by: '/3/0/3 Firmware Version',
    })
  })

  test.each([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 99])(
    'that ends with Update Result %i fails, and says why',
    (result) => {
      for (const stage of ['offered', 'started'] as const) {
        const { end } = planFirmware(job({ stage, way: 'push' }), look({ result }))
        expect(end).toMatchObject({ result: 'failed', error: expect.stringMatching(/^[a-z0-9-]+$/) as string })
        expect(JSON.stringify(end)).toContain(`/5/0/5 Update Result ${result}`)
      }
    },
  )

  test('whose link the device can make nothing of is given as bytes, unless it takes none', () => {
    for (const result of [4, 7, 9]) {
      const offered = job({ stage: 'offered', way: 'pull' })
      expect(planFirmware(offered, look({ result })).job).toMatchObject({ stage: 'new', way: 'push' })
      expect(planFirmware(offered, look({ result, delivery: 0 })).end).toMatchObject({ result: 'failed' })
    }
  })

  test('first resets what an earlier one left behind, and goes on all the same when that does not help', () => {
    const first = planFirmware(job(), look({ state: 1, result: 8 }))
    expect(first).toMatchObject({ act: { do: 'write', path: '/5/0/1', value: '' }, job: { resets: 1 } })
    expect(planFirmware(job({ resets: 2 }), look({ state: 1 })).act).toMatchObject({ do: 'offer-link' })
    expect(firmwareRefused(job(), first.act!, answer.methodNotAllowed, 5).job.resets).toBe(1)
  })

  test('of a client that never shows Downloaded is executed after the push', () => {
    const pushed = job({ stage: 'offered', way: 'push', registration: 'r-1', stageSince: 1000 })
    const act = { do: 'execute', path: '/5/0/2' } as const
    for (const [state, now] of [
      [0, 11_000],
      [1, 61_000],
    ] as const) {
      expect(planFirmware(pushed, look({ state, now: now - 1 })).act).toBeUndefined()
      expect(planFirmware(pushed, look({ state, now })).act).toEqual(act)
    }
    expect(firmwareRefused(pushed, act, answer.methodNotAllowed, 5).job).toMatchObject({ stage: 'offered', resets: 1 })
    expect(firmwareRefused({ ...pushed, resets: 5 }, act, answer.methodNotAllowed, 5).end).toBeDefined()
  })

  test('that runs already needs nothing', () => {
    const runs = { version: '2.0.0', by: '/3/0/3 Firmware Version' }
    expect(planFirmware(job(), look({ runs })).end).toMatchObject({ result: 'installed' })
    expect(planFirmware(job({ stage: 'offered' }), look({ runs })).end).toMatchObject({ result: 'installed' })
  })

  test('is offered anew after a restart in the middle, three times at most', () => {
    const offered = job({ stage: 'offered', way: 'pull', registration: 'r-1', offers: 1 })
    expect(planFirmware(offered, look({ registration: 'r-2' })).job.stage).toBe('new')
    expect(planFirmware(job({ offers: 3 }), look()).end).toMatchObject({ error: 'interrupted' })
  })

  test('after which the old version runs without a result was rolled back', () => {
    const started = job({ stage: 'started', registration: 'r-1', stageSince: 0 })
    expect(planFirmware(started, look({ registration: 'r-2', now: 30_000 })).end).toBeUndefined()
    expect(planFirmware(started, look({ registration: 'r-2', now: 70_000 })).end).toMatchObject({
      result: 'rolled-back',
    })
  })

  test('is reset when it is cancelled before it was started, and goes on when it is too late', () => {
    const reset = planFirmware(job({ stage: 'offered', cancelled: true }), look({ state: 2 }))
    expect(reset).toMatchObject({ act: { do: 'write', value: '' }, job: { stage: 'new' } })
    expect(planFirmware(reset.job, look()).end).toMatchObject({ error: 'cancelled' })
    expect(planFirmware(job({ stage: 'started', cancelled: true }), look({ state: 3 })).end).toBeUndefined()
  })

  test('every wait of it has an end', () => {
    for (const [stage, state] of [
      ['offered', 1],
      ['started', 3],
    ] as const) {
      const waiting = job({ stage, way: 'pull', registration: 'r-1' })
      const late = patience[stage] + 1
      expect(planFirmware(waiting, look({ state, now: late })).end).toMatchObject({ error: 'timeout' })
    }
    expect(
      planFirmware(job({ stage: 'offered', way: 'pull', registration: 'r-1' }), look({ now: 300_001 })).end,
    ).toMatchObject({ error: 'timeout' })
  })

  test('that the device refuses to take by URI is pushed; refused again, it fails', () => {
    const act = { do: 'offer-link', path: '/5/0/1' } as const
    expect(firmwareRefused(job(), act, answer.badRequest, 5).job).toMatchObject({ way: 'push', stage: 'new' })
    expect(
      firmwareRefused(job({ way: 'push' }), { do: 'push', path: '/5/0/0' }, answer.badRequest, 5).end,
    ).toMatchObject({ error: 'refused' })
  })
})

const packageJob = (over: Partial<Job> = {}) => job({ object: 9, ...over })
const slot = (over: Partial<Software> = {}): Software => ({
  instance: 0,
  name: '',
  version: '',
  state: 0,
  result: 0,
  active: false,
  ...over,
})
const shelf = (instances: Software[], over: Partial<SoftwareLook> = {}): SoftwareLook => ({
  now: 1000,
  registration: 'r-1',
  instances,
  fetches: true,
  ...over,
})

describe('a software package', () => {
  test('takes the instance of its name, else a free one, else one that is made', () => {
    const named = [slot(), slot({ instance: 4, name: 'guide' })]
    expect(planSoftware(packageJob(), shelf(named)).job.instance).toBe(4)
    expect(planSoftware(packageJob(), shelf([slot({ instance: 2 })])).job.instance).toBe(2)
    expect(planSoftware(packageJob(), shelf([])).act).toEqual({ do: 'create', path: '/9' })
    expect(planSoftware(packageJob({ resets: 3 }), shelf([])).end).toMatchObject({ error: 'no-instance' })
  })

  test('goes from Initial over Delivered to Installed, and is activated', () => {
    const mine = packageJob({ instance: 0 })
    const offered = planSoftware(mine, shelf([slot()]))
    expect(offered).toMatchObject({ act: { do: 'offer-link', path: '/9/0/3' } })
    expect(planSoftware(mine, shelf([slot()], { fetches: false })).act).toEqual({ do: 'push', path: '/9/0/2' })
    for (const state of [1, 2])
      expect(planSoftware(offered.job, shelf([slot({ state, result: 1 })])).act).toBeUndefined()
    const started = planSoftware(offered.job, shelf([slot({ state: 3, result: 3 })]))
    expect(started.act).toEqual({ do: 'execute', path: '/9/0/4' })
    const there = { state: 4, result: 2, name: 'guide', version: '2.0.0' }
    const activating = planSoftware(started.job, shelf([slot(there)]))
    expect(activating.act).toEqual({ do: 'execute', path: '/9/0/10' })
    expect(planSoftware(activating.job, shelf([slot({ ...there, active: true })])).end).toMatchObject({
      result: 'installed',
      reported: { name: 'guide', version: '2.0.0' },
    })
    expect(planSoftware(started.job, shelf([slot({ ...there, active: null })])).end).toMatchObject({
      result: 'installed',
    })
  })

  test.each([50, 51, 53, 54, 57, 58, 59, 99])('that ends with Update Result %i fails, and says why', (result) => {
    const { end } = planSoftware(packageJob({ stage: 'offered', instance: 0, way: 'pull' }), shelf([slot({ result })]))
    expect(end).toMatchObject({ result: 'failed' })
    expect(JSON.stringify(end)).toContain(`/9/0/9 Update Result ${result}`)
  })

  test('whose link leads nowhere is given as bytes', () => {
    for (const result of [52, 56]) {
      const offered = packageJob({ stage: 'offered', instance: 0, way: 'pull' })
      expect(planSoftware(offered, shelf([slot({ result })])).job).toMatchObject({ stage: 'new', way: 'push' })
    }
  })

  test('in the place of an older version tells the device that another follows', () => {
    const old = slot({ state: 4, name: 'guide', version: '1.0.0', active: true })
    const act = { do: 'execute', path: '/9/0/6', argument: '1' }
    expect(planSoftware(packageJob({ instance: 0 }), shelf([old])).act).toEqual(act)
    expect(planSoftware(packageJob({ instance: 0, resets: 3 }), shelf([old])).end).toMatchObject({ error: 'occupied' })
  })

  test('that wants a restart is in place when the device is back', () => {
    const there = slot({ state: 4, name: 'guide', version: '2.0.0', active: true })
    const restart = planSoftware(packageJob({ stage: 'started', instance: 0, restart: true }), shelf([there]))
    expect(restart).toMatchObject({ act: { do: 'execute', path: '/3/0/4' }, job: { stage: 'restarting' } })
    expect(planSoftware(restart.job, shelf([there])).end).toBeUndefined()
    expect(planSoftware(restart.job, shelf([there], { registration: 'r-2' })).end).toMatchObject({
      result: 'installed',
    })
  })

  test('is removed: stopped, taken out, and gone; with its files kept only stopped', () => {
    const there = slot({ state: 4, name: 'guide', version: '2.0.0', active: true })
    const removal = packageJob({ kind: 'remove', content: null })
    const stopped = planSoftware(removal, shelf([there]))
    expect(stopped.act).toEqual({ do: 'execute', path: '/9/0/11' })
    const quiet = { ...there, active: false }
    const out = planSoftware(stopped.job, shelf([quiet]))
    expect(out.act).toEqual({ do: 'execute', path: '/9/0/6', argument: '0' })
    expect(planSoftware(out.job, shelf([slot()])).end).toEqual({ result: 'removed' })
    expect(planSoftware({ ...stopped.job, keep: true }, shelf([quiet])).end).toEqual({ result: 'removed' })
    expect(planSoftware(removal, shelf([])).end).toEqual({ result: 'removed' })
  })

  test('of a device without Uninstall goes with its instance', () => {
    const act = { do: 'execute', path: '/9/0/6', argument: '0' } as const
    expect(softwareRefused(packageJob({ kind: 'remove' }), act, answer.methodNotAllowed, 5).act).toEqual({
      do: 'delete',
      path: '/9/0',
    })
  })

  test('whose instance is gone fails', () => {
    expect(planSoftware(packageJob({ stage: 'offered', instance: 7 }), shelf([])).end).toMatchObject({
      error: 'instance-gone',
    })
  })

  test('every wait of a package has an end', () => {
    for (const [stage, state] of [
      ['offered', 1],
      ['started', 3],
      ['activating', 4],
    ] as const) {
      const waiting = packageJob({ stage, way: 'pull', instance: 0, registration: 'r-1' })
      const late = shelf([slot({ state, active: false })], { now: patience[stage] + 1 })
      expect(planSoftware(waiting, late).end).toMatchObject({ error: 'timeout' })
    }
  })
})

describe('what is taken among the work', () => {
  const take = (memory = nothing, over: Partial<InstallOutput> = {}, id = 1) =>
    takeWork(memory, queued(over, id), content, false, 0)

  test('an older intention is declined, the same one is known, also when it is done', () => {
    const first = take()
    expect(first.memory.jobs).toHaveLength(1)
    expect(take(first.memory).memory.jobs).toHaveLength(1)
    expect(take(first.memory, { epoch: 2, delivery: 'd-0' }, 2).inputs).toMatchObject([
      { kind: 'declined', reason: 'superseded' },
    ])
    const done = { ...first.memory, jobs: [] }
    expect(take(done)).toMatchObject({ taken: true, memory: { jobs: [] } })
  })

  test('a newer one takes the place of what was not begun, and cancels what was', () => {
    const first = take()
    const next = take(first.memory, { epoch: 4, delivery: 'd-2' }, 2)
    expect(next.inputs).toMatchObject([{ kind: 'declined', delivery: 'd-1' }])
    expect(next.memory.jobs.map(({ delivery }) => delivery)).toEqual(['d-2'])
    const begun = { ...first.memory, jobs: [{ ...first.memory.jobs[0]!, accepted: true, stage: 'offered' as const }] }
    expect(take(begun, { epoch: 4, delivery: 'd-2' }, 2).memory.jobs).toMatchObject([
      { cancelled: true },
      { cancelled: false },
    ])
  })

  test('what started is not cancelled any more', () => {
    const memory = { ...nothing, jobs: [job({ stage: 'started' })] }
    expect(takeCancel(memory, 'd-1').memory.jobs[0]!.cancelled).toBe(false)
    expect(takeCancel({ ...nothing, jobs: [job()] }, 'd-1').memory.jobs[0]!.cancelled).toBe(true)
    expect(takeCancel(memory, 'd-9').memory.jobs).toHaveLength(1)
  })

  test('there is only so much work at a time; the rest stays in the queue', () => {
    let memory = nothing
    for (let at = 0; at < mostJobs; at++) memory = take(memory, { service: `s-${at}`, delivery: `d-${at}` }, at).memory
    expect(take(memory, { service: 'one-more', delivery: 'd-x' }, 99)).toMatchObject({
      taken: false,
      memory: { jobs: { length: mostJobs } },
    })
  })

  test('what another version of the hub has left as memory counts as nothing', () => {
    for (const value of [null, 1, 'x', [], {}, { jobs: [] }]) expect(rememberedOf(value)).toEqual(nothing)
  })
})
