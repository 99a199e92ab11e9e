import { expect, it } from 'vitest'
import { consequences } from './withdrawal.ts'

const about = {
  service: 'radio',
  version: '2.0.0',
  state: 'released',
  installed: 0,
  pending: 0,
  subscriptions: 0,
  previous: null,
}

it.each([
  [
    about,
    [
      'radio 2.0.0 becomes deprecated: it is chosen for nobody any more; only an order that names it still gets it.',
      'No device has it.',
      'There is no older released version to go back to.',
    ],
  ],
  [
    { ...about, installed: 1, pending: 2, subscriptions: 3, previous: '1.0.0' },
    [
      'radio 2.0.0 becomes deprecated: it is chosen for nobody any more; only an order that names it still gets it.',
      '1 device keeps it until something else is ordered.',
      '2 devices are still to get it; their orders go on.',
      'Rolled back, 1.0.0 is ordered for 3 households, by and by.',
    ],
  ],
  [{ ...about, state: 'candidate' }, ['radio 2.0.0 was never released: it becomes retired, for good.']],
  [{ ...about, state: 'retired' }, ['radio 2.0.0 is retired already; nothing changes.']],
])('a withdrawal says what it means: %j', (what, sentences) => {
  expect(consequences(what)).toEqual(sentences)
})
