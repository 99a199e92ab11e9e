import type { Model } from '@sutler/engine'

/** Remembers the numbers it was sent, until it is stopped. */
export const recorder: Model = {
  model: 'recorder',
  version: '1.0.0',
  data: { seen: [] },
  states: ['open', 'closed'],
  initial: ['open'],
  final: ['closed'],
  signals: { note: { args: { n: 'int' } }, stop: { args: { why: 'string?' } } },
  transitions: [
    { name: 'note', on: 'note', from: ['open'], to: ['open'], set: { seen: 'data.seen + [args.n]' } },
    { name: 'stop', on: 'stop', from: ['open'], to: ['closed'] },
  ],
}

/** Reminds itself and notes which reminder came. */
export const sleeper: Model = {
  model: 'sleeper',
  version: '1.0.0',
  data: { woken: [] },
  states: ['asleep', 'up'],
  initial: ['asleep'],
  final: ['up'],
  signals: { rise: {}, lie: { args: { name: 'string', until: 'timestamp' } }, wake: { args: { name: 'string' } } },
  transitions: [
    {
      name: 'lie down',
      on: 'lie',
      from: ['asleep'],
      to: ['asleep'],
      emit: [{ signal: 'wake', at: 'timestamp(args.until)', args: { name: 'args.name' } }],
    },
    { name: 'rise', on: 'rise', from: ['asleep'], to: ['up'] },
    { name: 'wake', on: 'wake', from: ['asleep'], to: ['asleep'], set: { woken: 'data.woken + [args.name]' } },
  ],
}

/** Counts in its model's data, which all its instances share. */
export const tally: Model = {
  model: 'tally',
  version: '1.0.0',
  shared: { total: 0 },
  data: { mine: 0 },
  states: ['on', 'off'],
  initial: ['on'],
  final: ['off'],
  signals: { count: {}, stop: {} },
  transitions: [
    { name: 'stop', on: 'stop', from: ['on'], to: ['off'] },
    {
      name: 'count',
      on: 'count',
      from: ['on'],
      to: ['on'],
      set: { mine: 'data.mine + 1' },
      share: { total: 'shared.total + 1' },
    },
  ],
}

/** One task, told how it ended. */
export function worker(use: { task: string; retry?: object; timeout?: string; failed?: string | null }): Model {
  const { task, retry, timeout, failed = 'failed' } = use
  return {
    model: 'worker',
    version: '1.0.0',
    data: { result: '', error: '', attempts: 0, before: 0 },
    states: ['idle', 'working', 'finished', 'broken'],
    initial: ['idle'],
    final: ['finished', 'broken'],
    signals: {
      begin: { args: { fail: 'bool?' } },
      finished: { args: { result: 'string' } },
      failed: { args: { error: 'string', attempts: 'int' } },
    },
    transitions: [
      {
        name: 'begin',
        on: 'begin',
        from: ['idle'],
        to: ['working'],
        set: { before: 'data.before + 1' },
        tasks: [
          {
            task,
            args: { fail: 'has(args.fail) && args.fail' },
            done: 'finished',
            ...(failed !== null && { failed }),
            ...(retry && { retry: retry as { attempts: number } }),
            ...(timeout !== undefined && { timeout }),
          },
        ],
      },
      { name: 'finish', on: 'finished', from: ['working'], to: ['finished'], set: { result: 'args.result' } },
      {
        name: 'break',
        on: 'failed',
        from: ['working'],
        to: ['broken'],
        set: { error: 'args.error', attempts: 'args.attempts' },
      },
    ],
  }
}

/** Calls one child, waits for it or not, and notes signals meanwhile. */
export function parent(options: { wait: boolean; child?: string }): Model {
  return {
    model: 'parent',
    version: '1.0.0',
    data: { heard: [], child: '' },
    states: ['idle', 'calling', 'over'],
    initial: ['idle'],
    final: ['over'],
    signals: {
      call: { args: { child: 'string' } },
      note: { args: { n: 'int' } },
      hurry: { urgent: true },
      ready: { args: { made: 'int?' } },
      lost: { args: { error: 'string?' } },
      end: {},
    },
    transitions: [
      {
        name: 'call',
        on: 'call',
        from: ['idle'],
        to: ['calling'],
        set: { child: 'args.child' },
        call: [
          {
            url: `model:${options.child ?? 'child'}@1/{args.child}`,
            as: 'kid',
            args: { size: '3' },
            wait: options.wait,
            done: 'ready',
            failed: 'lost',
          },
        ],
        emit: [{ signal: 'work', to: 'child:kid' }],
      },
      {
        name: 'call again',
        on: 'call',
        from: ['calling'],
        to: ['calling'],
        call: [
          {
            url: 'model:child@1/{args.child}',
            as: 'kid',
            args: { size: '3' },
            wait: false,
            done: 'ready',
            failed: 'lost',
          },
        ],
      },
      { name: 'note', on: 'note', from: [], to: [], set: { heard: "data.heard + ['note ' + string(args.n)]" } },
      { name: 'hurry', on: 'hurry', from: [], to: [], set: { heard: "data.heard + ['hurry']" } },
      {
        name: 'ready',
        on: 'ready',
        from: [],
        to: [],
        set: { heard: "data.heard + ['ready ' + string(has(args.made) ? args.made : 0)]" },
      },
      { name: 'lost', on: 'lost', from: [], to: [], set: { heard: "data.heard + ['lost']" } },
      { name: 'end', on: 'end', from: ['calling'], to: ['over'] },
    ],
  }
}

/** Works when told, ends when told. */
export const child: Model = {
  model: 'child',
  version: '1.0.0',
  data: { made: 0 },
  states: ['new', 'working', 'ended', 'cancelled'],
  initial: ['new'],
  final: ['ended', 'cancelled'],
  signals: { work: {}, finish: { args: { made: 'int' } }, cancel: { urgent: true } },
  transitions: [
    { name: 'work', on: 'work', from: ['new'], to: ['working'], set: { made: 'call.size' } },
    { name: 'finish', on: 'finish', from: ['working'], to: ['ended'], set: { made: 'args.made' } },
    { name: 'cancel', on: 'cancel', from: [], clear: ['*'], to: ['cancelled'] },
  ],
  returns: { made: 'data.made' },
}

/** Sends numbers to recorders and notes what came back. */
export const messenger: Model = {
  model: 'messenger',
  version: '1.0.0',
  data: { answers: [] },
  states: ['on', 'off'],
  initial: ['on'],
  final: ['off'],
  signals: { say: { args: { to: 'string', n: 'int' } }, answered: { args: { n: 'int' } }, stop: {} },
  transitions: [
    {
      name: 'say',
      on: 'say',
      from: ['on'],
      to: ['on'],
      emit: [{ signal: 'note', to: 'model:recorder/{args.to}', args: { n: 'args.n' }, reply: 'answered' }],
    },
    { name: 'note', on: 'answered', from: ['on'], to: ['on'], set: { answers: 'data.answers + [args.n]' } },
    { name: 'stop', on: 'stop', from: ['on'], to: ['off'] },
  ],
}
