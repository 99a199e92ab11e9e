import { expect, test } from 'vitest'
import { filterOf, unfinished } from './filter.ts'

test('words become what names and numbers begin with, and a condition stays as it is', () => {
  expect(filterOf('  ')).toBeUndefined()
  expect(filterOf('SN-1"')).toBe('SN-1"')
  expect(filterOf('Kitchen box')).toBe(
    'device.name.startsWith("Kitchen box") || device.serial.startsWith("Kitchen box") || device.id.startsWith("Kitchen box")',
  )
  expect(filterOf('back\\slash')).toContain('"back\\\\slash"')
  expect(filterOf('device.reachable == true')).toBe('device.reachable == true')
  expect(filterOf('"restart" in report.features')).toBe('"restart" in report.features')
})

test('the field under way is what is completed, and the rest stays', () => {
  expect(unfinished('device.class == "phone" && report.os.n')).toEqual(['device.class == "phone" && ', 'report.os.n'])
  expect(unfinished('!dev')).toEqual(['!', 'dev'])
  expect(unfinished('device.name == "x" ')).toEqual(['device.name == "x" ', ''])
})
