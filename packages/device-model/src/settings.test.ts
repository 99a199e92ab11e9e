import { expect, test } from 'vitest'
import { settingsRefusal } from './settings.ts'

const declared = {
  minutes: { value: 360, least: 1, most: 1000 },
  tone: { value: 'bell', choices: ['bell', 'none'] },
  name: { value: 'box' },
  roaming: { value: false },
}

test.each([
  [{ minutes: 1, tone: 'none', name: 'anything', roaming: true }, null],
  [{ minute: 1 }, 'the device has no setting minute: it has minutes, name, roaming, tone'],
  [{ constructor: 1 }, 'the device has no setting constructor: it has minutes, name, roaming, tone'],
  [{ minutes: 0 }, 'minutes takes a whole number from 1 to 1000'],
  [{ minutes: 1.5 }, 'minutes takes a whole number from 1 to 1000'],
  [{ minutes: '5' }, 'minutes takes a whole number'],
  [{ tone: 'gong' }, 'tone takes one of bell, none'],
  [{ tone: 1 }, 'tone takes a text'],
  [{ minutes: 5, roaming: 'yes' }, 'roaming takes true or false'],
])('%j: %s', (wanted, reason) => {
  expect(settingsRefusal(declared, wanted)).toBe(reason)
})

test('a device that names no settings has none', () => {
  expect(settingsRefusal(undefined, { minutes: 1 })).toBe('the device has no setting minutes: it names none')
})
