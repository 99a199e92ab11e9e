import { expect, test } from 'vitest'
import { settingsOf, withSetting } from './settings.ts'

test('settings are read line by line, with their kinds', () => {
  expect(settingsOf('Device.X = 5\n\nDevice.On=true\nName = "5"\nUrl = https://x/?a=b').settings).toEqual({
    'Device.X': 5,
    'Device.On': true,
    Name: '5',
    Url: 'https://x/?a=b',
  })
  expect(settingsOf('a = 1\nno setting').wrong).toBe(2)
  expect(settingsOf('  ').wrong).toBe(1)
  expect(settingsOf('a = 007').settings).toEqual({ a: '007' })
})

test('a setting that is chosen comes as it is now, once, and is read back as the same', () => {
  const texts = withSetting('', 'volume', 7)
  expect(texts).toBe('volume = 7\n')
  const more = withSetting(withSetting(texts, 'volume', 8), 'room', '007')
  expect(more).toBe('volume = 7\nroom = "007"\n'.replace('"007"', '007'))
  const all = withSetting(withSetting(more, 'on', 'true'), 'off', false)
  expect(settingsOf(all).settings).toEqual({ volume: 7, room: '007', on: 'true', off: false })
})
