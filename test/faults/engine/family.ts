import type { Model } from '@sutler/engine'

/** How long a kid naps, milliseconds. */
const nap = 300

/** Books in the transaction, calls outside of it, naps, and ends. */
export const kid: Model = {
  model: 'kid',
  version: '1.0.0',
  states: ['new', 'booked', 'called', 'over'],
  initial: ['new'],
  final: ['over'],
  signals: { start: {}, booked: {}, called: {}, lost: {}, woken: {}, cancel: { urgent: true } },
  transitions: [
    { name: 'start', on: 'start', from: ['new'], to: ['booked'], tasks: [{ task: 'book', done: 'booked' }] },
    {
      name: 'call',
      on: 'booked',
      from: ['booked'],
      to: ['called'],
      tasks: [{ task: 'call', done: 'called', failed: 'lost', retry: { attempts: 50, first: '10ms', max: '100ms' } }],
    },
    {
      name: 'nap',
      on: 'called',
      from: ['called'],
      to: ['called'],
      emit: [{ signal: 'woken', after: `PT${nap / 1_000}S` }],
    },
    { name: 'end', on: 'woken', from: ['called'], to: ['over'] },
    { name: 'stop', on: 'cancel', from: [], clear: ['*'], to: ['over'] },
  ],
}

const wait = { wait: true, done: 'kidDone', failed: 'kidLost' }

/** Waits for two kids; what it is told meanwhile is held. */
export const boss: Model = {
  model: 'boss',
  version: '1.0.0',
  data: { notes: [], ends: 0 },
  states: ['idle', 'busy', 'done'],
  initial: ['idle'],
  final: ['done'],
  signals: { begin: {}, note: { args: { n: 'int' } }, kidDone: {}, kidLost: {} },
  transitions: [
    {
      name: 'begin',
      on: 'begin',
      from: ['idle'],
      to: ['busy'],
      call: [
        { url: 'model:kid/{id}-a', as: 'a', ...wait },
        { url: 'model:kid/{id}-b', as: 'b', ...wait },
      ],
      emit: [
        { signal: 'start', to: 'child:a' },
        { signal: 'start', to: 'child:b' },
      ],
    },
    { name: 'note', on: 'note', from: ['busy'], to: ['busy'], set: { notes: 'data.notes + [args.n]' } },
    { name: 'kid', on: 'kidDone', from: ['busy'], to: ['busy'], set: { ends: 'data.ends + 1' } },
    { name: 'lost', on: 'kidLost', from: ['busy'], to: ['done'] },
  ],
}
