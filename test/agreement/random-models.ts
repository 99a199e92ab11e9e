import type { Call, Emit, Limits, Model, TaskUse, Transition } from '@sutler/engine'
import * as fc from 'fast-check'

/** Small names, so that random parts meet each other often. */
const states = ['a', 'b', 'c', 'd', 'e']
export const signalTypes = ['s', 't', 'u', 'v', 'w']
export const taskNames = ['job', 'dev.run']

const someSignal = fc.constantFrom(...signalTypes)
/** Often few: transitions of many states are seldom enabled. */
const few = fc.oneof(
  { weight: 3, arbitrary: fc.subarray(states, { minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.subarray(states, { minLength: 2, maxLength: 2 }) },
)

const ten = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]'
/** Over the budget at once: a loop pays for all its turns before it starts. */
const endlessLoop = [...'abcdef'].reduceRight((inner, name) => `${ten}.all(${name}, ${inner})`, 'true')

/** Most have a value; some have none at times; a few never. */
const value = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.constantFrom(
      '1',
      'data.n + 1',
      'data.n % 3',
      'data.k * 2',
      'size(states)',
      'shared.m + 1',
      'shared.m + data.n',
      'has(args.n) ? args.n : 0',
      'has(args.n) ? 1 : 2',
      'has(call.k) ? call.k : 0',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.constantFrom('args.n', 'args.n + 1', '100 / (data.n % 3)'),
      fc.constantFrom('states', '"x"', 'id', 'now', '1.5', 'data.nothing', 'data.n + "x"', '[data.n]', 'type(data.n)'),
      fc.constantFrom('data.n + 9007199254740991', endlessLoop),
    ),
  },
)
const guard = fc.oneof(
  {
    weight: 16,
    arbitrary: fc.constantFrom(
      'data.n < 4',
      'data.n % 2 == 0',
      'data.n % 2 == 1',
      '"b" in states',
      'has(args.n) && args.n > 1',
      'shared.m < 5',
      'size(states) < 3',
      'true',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('args.n > 0', '10 / data.n > 1', 'data.n', 'data.nothing', 'false') },
)
const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('"0123456789012345"', 'string(data.n)', 'has(args.text) ? args.text : ""'),
  },
  { weight: 1, arbitrary: fc.constant('args.text') },
)
const args = fc.record({ n: value, text }, { requiredKeys: [] })
const oftenGood = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>, weight = 12): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: bad })

const undelayed: fc.Arbitrary<Emit> = fc.record(
  {
    signal: oftenGood(someSignal, fc.constantFrom('zz', 'cancel')),
    to: oftenGood(
      fc.constantFrom(
        'self',
        'sender',
        'parent',
        'child:c',
        'child:k{data.n}',
        'model:trial/{id}',
        'model:trial@7/simulation',
      ),
      fc.constantFrom('model:other/{data.n}', 'model:other@1/x {data.n}', '{"model:trial/" + id}', '{string(data.n)}'),
      4,
    ),
    args,
    reply: someSignal,
  },
  { requiredKeys: ['signal'] },
)
const time = oftenGood<Partial<Emit>>(
  fc.oneof(
    fc.record({ after: fc.constantFrom('1s', '2s', '500ms', 'PT1S', '{duration("1s")}', 'data.n == 0 ? "1s" : "2s"') }),
    fc.record({ at: fc.constantFrom('now + duration("1s")', '"2026-01-01T00:00:03Z"', 'now + duration("1500ms")') }),
  ),
  fc.constantFrom<Partial<Emit>>({ after: '0s' }, { at: 'now - duration("1s")' }, { after: '{-1}' }, { at: '"soon"' }),
  8,
)
const delayed: fc.Arbitrary<Emit> = fc
  .tuple(undelayed, time, fc.record({ while: few }, { requiredKeys: [] }))
  .map(([emit, when, more]) => ({ ...emit, ...when, ...more }))

const task: fc.Arbitrary<TaskUse> = fc.record(
  {
    task: fc.constantFrom(...taskNames),
    args,
    done: someSignal,
    failed: someSignal,
    retry: fc.record({ attempts: fc.integer({ min: 1, max: 4 }) }),
  },
  { requiredKeys: ['task'] },
)
const call: fc.Arbitrary<Call> = fc.record(
  {
    url: oftenGood(
      fc.constantFrom('model:sub/{data.n}', 'model:sub@1/x', 'model:other@1.2.0/a b{data.n}'),
      fc.constantFrom('model:sub/{data.nothing}', 'model:sub/{""}'),
      20,
    ),
    as: fc.constantFrom('c', 'k{data.n}', 'd'),
    args: fc.record({ x: value, 'the-text': text }, { requiredKeys: [] }),
    wait: oftenGood(fc.constant(true), fc.constant(false), 2),
    done: someSignal,
    failed: someSignal,
  },
  { requiredKeys: ['url', 'as'] },
)

const transition: fc.Arbitrary<Transition> = fc.record(
  {
    name: fc.constantFrom('one', 'two', 'three', 'four'),
    on: oftenGood(someSignal, fc.constant('cancel')),
    from: few,
    to: oftenGood(fc.subarray(states, { minLength: 1, maxLength: 2 }), fc.constant<string[]>([]), 8),
    clear: fc.oneof(fc.subarray(states, { minLength: 1, maxLength: 2 }), fc.constant(['*'])),
    when: guard,
    args: fc.record({ n: value, extra: value }, { requiredKeys: [] }),
    set: fc.record(
      { n: value, k: value, text: fc.constantFrom('"t" + string(data.n)', 'data.text + "longer and longer"') },
      { requiredKeys: [] },
    ),
    share: fc.record({ m: value, l: value }, { requiredKeys: [] }),
    cancel: fc.subarray(signalTypes, { minLength: 1, maxLength: 2 }),
    tasks: fc.array(task, { minLength: 1, maxLength: 2 }),
    emit: fc.array(fc.oneof(undelayed, delayed), { minLength: 1, maxLength: 3 }),
    call: fc.array(call, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['name', 'on', 'from', 'to'] },
)
/** A record's optional keys are there half of the time: thrown out here and there, models stay lively. */
const sparse: fc.Arbitrary<Transition> = fc
  .tuple(transition, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }))
  .map(([full, dice]) => {
    const keys = ['when', 'clear', 'args', 'set', 'share', 'cancel', 'tasks', 'emit', 'call'] as const
    const dropped = keys.filter((_, index) => dice[index]! < 4)
    return Object.fromEntries(Object.entries(full).filter(([key]) => !dropped.some((drop) => drop === key))) as never
  })

const declaration = fc.record(
  {
    args: oftenGood(
      fc.constantFrom<Record<string, string>>(
        { n: 'int?', text: 'string?', extra: 'any?' },
        { n: 'any?', text: 'any?', error: 'string?', attempts: 'int?', extra: 'any?' },
      ),
      fc.constantFrom<Record<string, string>>(
        { n: 'int', text: 'string?' },
        { n: 'float?', text: 'duration?' },
        { n: 'bool?' },
        { text: 'timestamp?', n: 'list?' },
        { n: 'map?', text: 'bytes?' },
      ),
      3,
    ),
    urgent: fc.boolean(),
    deferrable: oftenGood(fc.constant(true), fc.constant(false), 2),
  },
  { requiredKeys: [] },
)

export const randomModel: fc.Arbitrary<Model> = fc.record(
  {
    model: fc.constant('trial'),
    version: fc.constant('1.0.0'),
    data: fc.constant({ n: 0, k: 1, text: '' }),
    shared: fc.constant({ m: 0 }),
    states: fc.constant(states),
    initial: fc.subarray(states, { minLength: 1, maxLength: 3 }),
    final: oftenGood<string[]>(fc.constant(['e']), fc.subarray(states), 5),
    signals: fc.dictionary(someSignal, declaration, { maxKeys: 4, noNullPrototype: true }),
    transitions: fc.array(sparse, { minLength: 2, maxLength: 10 }),
    returns: fc.record({ k: fc.constantFrom('data.k', 'args.n', 'data.nothing', 'size(states)') }),
  },
  { requiredKeys: ['model', 'version', 'data', 'shared', 'states', 'initial', 'final', 'transitions'] },
)

/** The limits of section 11, often so low that scripts reach them. */
export const randomLimits: fc.Arbitrary<Partial<Limits>> = fc.record(
  {
    macrostepSteps: fc.constantFrom(3, 8, 25),
    waitingSignals: fc.constantFrom(1, 2, 5),
    timers: fc.constantFrom(1, 3, 6),
    runningTasks: fc.constantFrom(1, 3),
    children: fc.constantFrom(1, 2),
    dataBytes: fc.constantFrom(60, 120),
    sharedBytes: fc.constantFrom(20, 40),
    argsBytes: fc.constantFrom(40, 80),
    callDepth: fc.constantFrom(0, 1, 2),
  },
  { requiredKeys: [] },
)
