import type { Model } from '@sutler/engine'

/** One device's part of an order: offers at once, then waits for the device. */
export const offer: Model = {
  model: 'offer',
  version: '1.0.0',
  shared: { maxAttempts: 3 },
  data: { attempts: 0, output: 0 },
  states: ['queued', 'offered', 'confirmed', 'failed'],
  initial: ['queued'],
  final: ['confirmed', 'failed'],
  signals: {
    start: {},
    late: {},
    queued: { args: { output: 'int' } },
    installed: { args: { digest: 'string' } },
    cancel: { urgent: true },
  },
  transitions: [
    {
      name: 'offer',
      on: 'start',
      from: ['queued'],
      to: ['offered'],
      set: { attempts: 'data.attempts + 1' },
      tasks: [{ task: 'device.offer', args: { device: 'call.device' }, done: 'queued' }],
      emit: [{ signal: 'late', after: '15m', while: ['offered'] }],
    },
    { name: 'note output', on: 'queued', from: ['offered'], to: ['offered'], set: { output: 'args.output' } },
    {
      name: 'try again',
      on: 'late',
      from: ['offered'],
      to: ['queued'],
      when: 'data.attempts < shared.maxAttempts',
      emit: [{ signal: 'start' }],
    },
    {
      name: 'give up',
      on: 'late',
      from: ['offered'],
      to: ['failed'],
      when: 'data.attempts >= shared.maxAttempts',
    },
    { name: 'confirm', on: 'installed', from: ['offered'], to: ['confirmed'] },
    { name: 'stop', on: 'cancel', from: [], clear: ['*'], to: ['failed'] },
  ],
  returns: { attempts: 'data.attempts' },
}

/** An order: calls the offer and waits to hear of it. */
export const family: Model = {
  model: 'family',
  version: '1.0.0',
  data: { devices: 0 },
  states: ['requested', 'provisioning', 'active', 'failed'],
  initial: ['requested'],
  final: ['active', 'failed'],
  signals: { plan: { args: { order: 'string', device: 'string' } }, delivered: {}, lost: {} },
  transitions: [
    {
      name: 'plan',
      on: 'plan',
      from: ['requested'],
      to: ['provisioning'],
      set: { devices: 'data.devices + 1' },
      call: [
        {
          url: 'model:offer@1/{args.order}-{args.device}',
          as: 'd-{args.device}',
          args: { device: 'args.device' },
          done: 'delivered',
          failed: 'lost',
        },
      ],
      emit: [{ signal: 'start', to: 'child:d-{args.device}' }],
    },
    { name: 'done', on: 'delivered', from: ['provisioning'], to: ['active'] },
    { name: 'lost', on: 'lost', from: ['provisioning'], to: ['failed'] },
  ],
}

/** The smallest step that changes something. */
export const counter: Model = {
  model: 'counter',
  version: '1.0.0',
  data: { n: 0 },
  states: ['on', 'off'],
  initial: ['on'],
  final: ['off'],
  signals: { add: {}, stop: {} },
  transitions: [
    { name: 'add', on: 'add', from: ['on'], to: ['on'], set: { n: 'data.n + 1' } },
    { name: 'stop', on: 'stop', from: ['on'], to: ['off'] },
  ],
}

/** A step that costs the hub's CPU much more than the database's: a guard over a list, as of a fleet's capabilities. */
export const reckoner: Model = {
  model: 'reckoner',
  version: '1.0.0',
  data: { n: 0, list: Array.from({ length: 60 }, (_, n) => n) },
  states: ['on', 'off'],
  initial: ['on'],
  final: ['off'],
  signals: { add: {}, stop: {} },
  transitions: [
    {
      name: 'add',
      on: 'add',
      from: ['on'],
      to: ['on'],
      when: 'data.list.all(x, data.list.exists(y, x + y > 58))',
      set: { n: 'data.n + 1' },
    },
    { name: 'stop', on: 'stop', from: ['on'], to: ['off'] },
  ],
}

/** Sleeps until a delayed signal wakes it. */
export const napper: Model = {
  model: 'napper',
  version: '1.0.0',
  data: { naps: 0 },
  states: ['asleep', 'up'],
  initial: ['asleep'],
  final: ['up'],
  signals: { lie: { args: { until: 'timestamp' } }, wake: {}, rise: {} },
  transitions: [
    {
      name: 'lie',
      on: 'lie',
      from: ['asleep'],
      to: ['asleep'],
      emit: [{ signal: 'wake', at: 'timestamp(args.until)', while: ['asleep'] }],
    },
    { name: 'wake', on: 'wake', from: ['asleep'], to: ['asleep'], set: { naps: 'data.naps + 1' } },
    { name: 'rise', on: 'rise', from: ['asleep'], to: ['up'] },
  ],
}
