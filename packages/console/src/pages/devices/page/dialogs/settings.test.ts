import { expect, test } from 'vitest'
import { settingsOf } from './settings.ts'

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
