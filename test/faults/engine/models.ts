import type { Model } from '@sutler/engine'
import { boss, kid } from './family.ts'

/** Counts; answers with its count; pays other accounts, which thank; wakes itself; takes a further step each time. */
function accountOf(version: string, open: string): Model {
  return {
    model: 'account',
    version,
    data: { count: 0, echoes: 0, paid: 0, received: 0, thanked: 0, woken: 0, stirred: 0 },
    states: [open, 'closed'],
    initial: [open],
    final: ['closed'],
    signals: {
      open: {},
      note: { args: { count: 'int?' } },
      echo: {},
      pay: { args: { to: 'string', amount: 'int' } },
      receive: { args: { amount: 'int' } },
      thanks: {},
      sleep: { args: { ms: 'int' } },
      stir: {},
      wake: {},
      close: {},
    },
    transitions: [
      { name: 'open', on: 'open', from: [open], to: [open] },
      {
        name: 'note',
        on: 'note',
        from: [open],
        to: [open],
        set: { count: 'data.count + 1' },
        args: { count: 'data.count + 1' },
        emit: [{ signal: 'echo' }],
      },
      { name: 'echo', on: 'echo', from: [open], to: [open], set: { echoes: 'data.echoes + 1' } },
      {
        name: 'pay',
        on: 'pay',
        from: [open],
        to: [open],
        set: { paid: 'data.paid + args.amount' },
        emit: [{ signal: 'receive', to: 'model:account/{args.to}', args: { amount: 'args.amount' }, reply: 'thanks' }],
      },
      {
        name: 'receive',
        on: 'receive',
        from: [open],
        to: [open],
        set: { received: 'data.received + args.amount' },
      },
      { name: 'thanks', on: 'thanks', from: [open], to: [open], set: { thanked: 'data.thanked + 1' } },
      {
        name: 'sleep',
        on: 'sleep',
        from: [open],
        to: [open],
        emit: [{ signal: 'wake', after: '{string(args.ms) + "ms"}' }],
      },
      { name: 'stir', on: 'stir', from: [open], to: [open], set: { stirred: 'data.stirred + 1' }, cancel: ['wake'] },
      { name: 'wake', on: 'wake', from: [open], to: [open], set: { woken: 'data.woken + 1' } },
      { name: 'close', on: 'close', from: [open], to: ['closed'] },
    ],
  }
}

/** Two versions, between which the accounts are moved back and forth while they work. */
export const accounts: readonly Model[] = [accountOf('1.0.0', 'open'), accountOf('1.1.0', 'trading')]

/** What is called what in the other version. */
export const moves = [
  { from: '1.0.0', to: '1.1.0', states: { open: 'trading' } },
  { from: '1.1.0', to: '1.0.0', states: { trading: 'open' } },
] as const

/** Writes a row for each note, in the step's transaction. */
export const till: Model = {
  model: 'till',
  version: '1.0.0',
  data: { count: 0, booked: 0 },
  states: ['open', 'closed'],
  initial: ['open'],
  final: ['closed'],
  signals: { open: {}, note: {}, booked: {}, close: {} },
  transitions: [
    { name: 'open', on: 'open', from: ['open'], to: ['open'] },
    {
      name: 'note',
      on: 'note',
      from: ['open'],
      to: ['open'],
      set: { count: 'data.count + 1' },
      tasks: [{ task: 'book', done: 'booked' }],
    },
    { name: 'booked', on: 'booked', from: ['open'], to: ['open'], set: { booked: 'data.booked + 1' } },
    { name: 'close', on: 'close', from: ['open'], to: ['closed'] },
  ],
}

/** Counts in its own data and in its model's, which all of them write. */
export const tally: Model = {
  model: 'tally',
  version: '1.0.0',
  shared: { total: 0 },
  data: { count: 0 },
  states: ['open', 'closed'],
  initial: ['open'],
  final: ['closed'],
  signals: { open: {}, note: { args: { total: 'int?' } }, close: {} },
  transitions: [
    { name: 'open', on: 'open', from: ['open'], to: ['open'] },
    {
      name: 'note',
      on: 'note',
      from: ['open'],
      to: ['open'],
      args: { total: 'shared.total + 1' },
      set: { count: 'data.count + 1' },
      share: { total: 'shared.total + 1' },
    },
    { name: 'close', on: 'close', from: ['open'], to: ['closed'] },
  ],
}

/** One job at a time, by an external task, with a rest after each; what comes meanwhile is deferred. */
export const clerk: Model = {
  model: 'clerk',
  version: '1.0.0',
  data: { begun: 0, count: 0 },
  states: ['idle', 'busy', 'resting', 'retired'],
  initial: ['idle'],
  final: ['retired'],
  signals: {
    note: { deferrable: true },
    hurry: {},
    called: {},
    lost: { args: { error: 'string', attempts: 'int' } },
    rested: {},
    retire: {},
  },
  transitions: [
    {
      name: 'note',
      on: 'note',
      from: ['idle'],
      to: ['busy'],
      set: { begun: 'data.begun + 1' },
      tasks: [
        {
          task: 'call',
          done: 'called',
          failed: 'lost',
          retry: { attempts: 1_000, first: '10ms', max: '200ms' },
        },
      ],
    },
    {
      name: 'called',
      on: 'called',
      from: ['busy'],
      to: ['resting'],
      set: { count: 'data.count + 1' },
      emit: [{ signal: 'rested', after: '40ms', while: ['resting'] }],
    },
    { name: 'rested', on: 'rested', from: ['resting'], to: ['idle'] },
    { name: 'hurry', on: 'hurry', from: ['resting'], to: ['idle'] },
    { name: 'retire', on: 'retire', from: ['idle'], to: ['retired'] },
  ],
}

export const models: readonly Model[] = [...accounts, till, tally, clerk, kid, boss]
