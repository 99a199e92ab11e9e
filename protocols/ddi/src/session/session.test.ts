import { describe, expect, test } from 'vitest'
import { hour, install, kinds, looked, said, settings, takeFeedback, visit } from '../test/session.ts'
import { emptyMemory, memoryBounds, type Memory } from './memory.ts'
import { takeConfigData, takeInstalledVersion } from './attributes.ts'
import type { ConfigData } from '../wire/config-data.ts'
import type { Urgency } from './terms.ts'
import { lookAt, planVisit } from './visit.ts'

describe('a poll', () => {
  test('of a new device asks what it is, and shows nothing else', () => {
    expect(visit(emptyMemory)).toMatchObject({ shown: { configData: true, confirmationBase: false }, busy: false })
    const known = takeConfigData(emptyMemory, { mode: 'merge', data: [['hw', '2']] }).memory
    expect(visit(known).shown).toEqual({ configData: false, confirmationBase: false })
  })

  test('shows the oldest install, until the device has read it without touching the queue', () => {
    const first = visit(emptyMemory, [install(7), install(8, { service: 'app' })])
    expect(first.shown.deployment?.action).toBe(7)
    expect(first).toMatchObject({ memory: emptyMemory, taken: [], inputs: [], busy: true })
  })

  test('goes on showing an action that was read, also when the queue has forgotten it', () => {
    expect(visit(looked()).shown.deployment?.action).toBe(7)
    expect(visit(looked(), [install(7)])).toMatchObject({
      shown: { deployment: { action: 7 } },
      taken: [{ id: 7, error: null }],
    })
  })

  test('gives one action at a time', () => {
    const { shown } = visit(looked(), [install(8, { service: 'app' })])
    expect(shown).toMatchObject({ deployment: { action: 7 } })
    expect(lookAt(visit(looked(), [install(8, { service: 'app' })]), 8, settings, 0)).toBeNull()
  })

  test('asks again what the device is when the hub wants to know, and keeps asking until it says', () => {
    const known = takeConfigData(emptyMemory, { mode: 'merge', data: [] }).memory
    const asked = visit(known, [{ id: 3, device: 'box', output: { kind: 'query-capabilities' } }])
    expect(asked).toMatchObject({ asked: [3], shown: { configData: true }, taken: [] })
  })

  test('answers a ping by itself', () => {
    const planned = visit(emptyMemory, [{ id: 3, device: 'box', output: { kind: 'ping' } }])
    expect(planned.taken).toEqual([{ id: 3, error: null }])
    expect(kinds(planned)).toEqual(['pong'])
  })

  test('of a device with too much in hand shows nothing new', () => {
    let memory = emptyMemory
    for (let id = 1; id <= memoryBounds.actions; id++) {
      const action = lookAt(visit(emptyMemory, [install(id, { service: `s${id}` })]), id, settings, 0)!.action
      memory = { ...memory, actions: [...memory.actions, { ...action, skipped: { tag: 0, answered: true } }] }
    }
    const shut: Urgency = { forcedFrom: 0, window: 'shut' }
    expect(visit(memory, [install(99, { service: 'new' })], { urgency: () => shut }).shown.deployment?.action).not.toBe(
      99,
    )
  })
})

describe('feedback', () => {
  test('that goes on accepts once, then tells how far the device is', () => {
    const first = takeFeedback(looked(), 7, said('proceeding', 'none', { progress: { done: 1, total: 5 } }))
    expect(first.inputs).toMatchObject([
      { kind: 'accepted', delivery: 'd7' },
      { kind: 'progress', stage: 'downloading', done: 1, total: 5 },
    ])
    const second = takeFeedback(first.memory, 7, said('downloaded'))
    expect(second.inputs).toMatchObject([{ kind: 'progress', stage: 'verifying' }])
    const third = takeFeedback(second.memory, 7, said('proceeding'))
    expect(third.inputs).toMatchObject([{ kind: 'progress', stage: 'installing' }])
  })

  test('proceeding before anything is downloaded does not say that it is too late to stop', () => {
    // The first word of swupdate, before its HEAD and GET.
    const answer = takeFeedback(
      looked(),
      7,
      said('proceeding', 'none', { details: ['Installing Update Chunk Artifacts.'] }),
    )
    expect(answer.inputs.at(-1)).toMatchObject({ kind: 'progress', stage: 'downloading' })
  })

  test.each([
    ['scheduled', ['accepted']],
    ['download', ['accepted', 'progress']],
    ['downloaded', ['accepted', 'progress']],
    ['resumed', ['accepted', 'progress']],
    ['proceeding', ['accepted', 'progress']],
  ] as const)('%s keeps the action open', (execution, inputs) => {
    const answer = takeFeedback(looked(), 7, said(execution))
    expect(kinds(answer)).toEqual(inputs)
    expect(visit(answer.memory).shown.deployment?.action).toBe(7)
  })

  test('keeps the action open after proceeding until the device closes it after its restart', () => {
    const proceeding = takeFeedback(looked(), 7, said('proceeding')).memory
    expect(visit(proceeding, [], {}, 20 * hour).shown.deployment?.action).toBe(7)
    const closed = takeFeedback(proceeding, 7, said('closed', 'success', { details: ['Update Installed.'] }))
    expect(closed.inputs).toMatchObject([
      {
        kind: 'outcome',
        result: 'installed',
        delivery: 'd7',
        health: { ok: true },
        reported: { name: 'linux', version: '2.0' },
      },
    ])
    expect(visit(closed.memory).shown).toMatchObject({ installed: 7, configData: true })
    expect(visit(closed.memory).shown.deployment).toBeUndefined()
  })

  test('that closes with a failure ends the delivery with the device’s own words', () => {
    const closed = takeFeedback(looked(), 7, said('closed', 'failure', { code: 5, details: ['no space'] }))
    expect(closed.inputs).toMatchObject([
      { kind: 'accepted' },
      {
        kind: 'outcome',
        result: 'failed',
        error: 'device-failed',
        health: { detail: 'Device: closed (failure), code 5; no space' },
      },
    ])
    expect(closed.memory.installed).toBeNull()
  })

  test('that closes without a result proves nothing', () => {
    const closed = takeFeedback(looked(), 7, said('closed', 'none'))
    expect(closed.inputs.at(-1)).toMatchObject({ result: 'failed', error: 'no-result' })
  })

  test('canceled by the device itself ends the delivery', () => {
    expect(takeFeedback(looked(), 7, said('canceled')).inputs.at(-1)).toMatchObject({
      result: 'failed',
      error: 'cancelled',
    })
  })

  test('rejected before it began means not now, and afterwards failure', () => {
    expect(takeFeedback(looked(), 7, said('rejected')).inputs).toMatchObject([{ kind: 'declined', reason: 'busy' }])
    const begun = takeFeedback(looked(), 7, said('proceeding')).memory
    expect(takeFeedback(begun, 7, said('rejected')).inputs).toMatchObject([{ kind: 'outcome', error: 'rejected' }])
  })

  test('of a closed action is gone, and of one that never was is not found', () => {
    const { memory } = takeFeedback(looked(), 7, said('closed', 'success'))
    expect(takeFeedback(memory, 7, said('closed', 'success'))).toMatchObject({ status: 410, inputs: [], memory })
    expect(takeFeedback(memory, 8, said('proceeding'))).toMatchObject({ status: 404, inputs: [] })
  })

  test('twice the same is one word; the same word after another one is news', () => {
    const once = takeFeedback(looked(), 7, said('proceeding'))
    expect(takeFeedback(once.memory, 7, said('proceeding', 'none', { time: 5 }))).toMatchObject({
      status: 200,
      inputs: [],
      memory: once.memory,
    })
    const other = takeFeedback(once.memory, 7, said('downloaded'))
    expect(kinds(takeFeedback(other.memory, 7, said('proceeding')))).toEqual(['progress'])
  })

  test('that was taken but not remembered has the same ids when it is said again', () => {
    const [first, again] = [1, 2].map(() => takeFeedback(looked(), 7, said('closed', 'success')))
    expect(first!.inputs.map(({ id }) => id)).toEqual(again!.inputs.map(({ id }) => id))
  })

  test('is kept as the action’s history, newest first and bounded', () => {
    let memory = looked()
    for (let turn = 0; turn < 50; turn++)
      memory = takeFeedback(
        memory,
        7,
        said('proceeding', 'none', { details: [`step ${turn}`, 'x'.repeat(500)] }),
      ).memory
    const { messages } = memory.actions[0]!
    expect(messages).toHaveLength(memoryBounds.messages)
    expect(messages.slice(1, 3)).toEqual(['step 49', 'Device: proceeding'])
    expect(JSON.stringify(memory).length).toBeLessThan(8_000)
  })
})

describe('an action whose window is shut', () => {
  const shut = { urgency: (): Urgency => ({ forcedFrom: 0, window: 'shut' }) }
  const open = { urgency: (): Urgency => ({ forcedFrom: 0, window: 'open' }) }

  test.each([
    ['swupdate closes what it skips as a success', said('closed', 'success', { details: ['Skipped Update.'] })],
    ['rauc’s updater says that it has downloaded', said('downloaded', 'success')],
  ])('is not installed when %s, and is shown again when the window opens', (_who, word) => {
    const skipped = takeFeedback(looked(shut), 7, word)
    expect(kinds(skipped)).not.toContain('outcome')
    expect(visit(skipped.memory, [], shut).shown.deployment).toBeUndefined()
    const opened = visit(skipped.memory, [], open)
    expect(opened.shown.deployment?.action).toBe(7)
    const look = lookAt(opened, 7, { ...settings, ...open }, 0)!
    expect(look.terms).toEqual({ download: 'forced', update: 'forced', window: 'available' })
    expect(takeFeedback(look.memory, 7, said('closed', 'success')).inputs).toMatchObject([{ result: 'installed' }])
  })

  test('may still be downloaded, and a failure in it is a failure', () => {
    const visited = visit(emptyMemory, [install(7)], shut)
    expect(lookAt(visited, 7, { ...settings, ...shut }, 0)!.terms).toEqual({
      download: 'forced',
      update: 'skip',
      window: 'unavailable',
    })
    expect(takeFeedback(looked(shut), 7, said('closed', 'failure')).inputs.at(-1)).toMatchObject({ result: 'failed' })
  })
})

describe('urgency', () => {
  const terms = (forcedFrom: number | null, now: number) => {
    const given = { ...settings, urgency: (): Urgency => ({ forcedFrom, window: null }) }
    return lookAt(planVisit(emptyMemory, [install(7)], given, now), 7, given, now)!.terms
  }
  const tag = (now: number) =>
    visit(emptyMemory, [install(7)], { urgency: () => ({ forcedFrom: 5 * hour, window: null }) }, now).shown.deployment!
      .tag

  test('forced, soft and forced from a time on', () => {
    expect(terms(0, 0)).toEqual({ download: 'forced', update: 'forced', window: null })
    expect(terms(null, hour)).toEqual({ download: 'attempt', update: 'attempt', window: null })
    expect(terms(5 * hour, hour).update).toBe('attempt')
    expect(terms(5 * hour, 5 * hour).update).toBe('forced')
  })

  test('that changes changes the link, so that the device looks again', () => {
    expect(tag(0)).toBe(tag(hour))
    expect(tag(0)).not.toBe(tag(5 * hour))
  })
})

test('attributes are merged, replaced and removed, and bounded', () => {
  const after = (memory: Memory, mode: ConfigData['mode'], data: ConfigData['data']) =>
    takeConfigData(memory, { mode, data }).memory
  const first = after(emptyMemory, 'merge', [
    ['a', '1'],
    ['b', '2'],
  ])
  const merged = after(first, 'merge', [['b', '3']])
  expect(merged.attributes).toEqual({ a: '1', b: '3' })
  expect(after(merged, 'remove', [['a', '']]).attributes).toEqual({ b: '3' })
  const replaced = after(merged, 'replace', [['__proto__', 'x']])
  expect(replaced.attributes).toEqual(Object.fromEntries([['__proto__', 'x']]))
  const many = Array.from({ length: 100 }, (_, index) => [`n${index}`, ''] as const)
  expect(Object.keys(after(merged, 'merge', many).attributes!)).toHaveLength(100)
})

describe('a device that says what it runs', () => {
  const reporting = takeConfigData(looked(), { mode: 'replace', data: [['installed.linux', '1.0']] }).memory
  const closed = () => takeFeedback(reporting, 7, said('closed', 'success'))

  test('is believed when it says so, not when it closes the action', () => {
    expect(kinds(closed())).toEqual(['accepted'])
    expect(visit(closed().memory)).toMatchObject({ shown: { configData: true, installed: 7 }, busy: true })
    const still = takeConfigData(closed().memory, { mode: 'replace', data: [['installed.linux', '1.0']] })
    expect(still.inputs).toEqual([])
    const now = takeConfigData(still.memory, { mode: 'merge', data: [['installed.linux', '2.0']] })
    expect(now.inputs).toMatchObject([
      { result: 'installed', reported: { name: 'linux', version: '2.0', by: 'configData' } },
    ])
    expect(takeInstalledVersion(still.memory, { name: 'linux', version: '2.0' }).inputs).toMatchObject([
      { reported: { version: '2.0', by: 'PUT installedBase' } },
    ])
  })

  test('and goes on naming the old version has not installed the new one', () => {
    expect(kinds(visit(closed().memory, [], {}, hour - 1))).toEqual([])
    const late = visit(closed().memory, [], {}, hour)
    expect(late.inputs).toMatchObject([{ kind: 'outcome', reported: { name: 'linux', version: '1.0' } }])
    expect(visit(late.memory, [], {}, hour)).toMatchObject({ inputs: [], busy: false })
  })

  test('is offered nothing anew while it has yet to say so', () => {
    const again = visit(closed().memory, [install(9, { delivery: 'd7', epoch: 7 })])
    expect(again).toMatchObject({ taken: [{ id: 9 }], inputs: [] })
    expect(again.shown.deployment).toBeUndefined()
  })

  test('and then names nothing any more runs nothing', () => {
    expect(takeConfigData(reporting, { mode: 'replace', data: [['hw', '2']] }).memory.units).toEqual([])
    expect(takeConfigData(reporting, { mode: 'merge', data: [['hw', '2']] }).memory.units).toEqual([
      { name: 'linux', version: '1.0' },
    ])
    expect(takeConfigData(reporting, { mode: 'remove', data: [['installed.linux', '']] }).memory.units).toEqual([])
    expect(takeConfigData(looked(), { mode: 'replace', data: [['hw', '2']] }).memory.units).toBeNull()
  })
})

test('whatever a device says, what is remembered of it stays within what the hub keeps', () => {
  const wide = '\u{1F600}'.repeat(200)
  let memory: Memory = emptyMemory
  const attributes = Array.from(
    { length: 100 },
    (_, index) => [`installed.${index}${wide.slice(0, 100)}`, wide.slice(0, 250)] as const,
  )
  memory = takeConfigData(memory, { mode: 'merge', data: attributes }).memory
  const busy = { urgency: (): Urgency => ({ forcedFrom: 0, window: 'shut' }) }
  const name = 'x'.repeat(128)
  for (let id = 1; id <= 20; id++) {
    const output = install(id, {
      service: `${id}${name}`,
      version: name,
      component: name,
      delivery: name + id,
      reports: { name, version: name },
    })
    const looking = lookAt(visit(memory, [output], busy), id, { ...settings, ...busy }, 0)
    for (let turn = 0; turn < (looking ? 12 : 0); turn++)
      memory = takeFeedback(
        looking!.memory,
        id,
        said('downloaded', 'none', { details: [wide, `"\u0000${turn}"`] }),
      ).memory
  }
  expect(memory.actions.length).toBe(memoryBounds.actions)
  expect(Buffer.byteLength(JSON.stringify(memory))).toBeLessThan(65_536)
})
