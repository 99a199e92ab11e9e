import { expect, test } from 'vitest'
import { until } from '../../../test/support/until.ts'
import { Lifecycle } from './lifecycle.ts'
import { silentLog } from './log.ts'

function parts(): {
  lifecycle: Lifecycle
  seen: string[]
  start(name: string, stop?: () => Promise<void>): Promise<string>
} {
  const lifecycle = new Lifecycle(silentLog, 50)
  const seen: string[] = []
  return {
    lifecycle,
    seen,
    start: (name, stop = async () => {}) =>
      lifecycle.start(
        name,
        1000,
        async () => {
          seen.push(`+${name}`)
          return name
        },
        async (part) => {
          seen.push(`-${part}`)
          await stop()
        },
      ),
  }
}

test('parts stop in the reverse order of their start, once', async () => {
  const { lifecycle, seen, start } = parts()
  await start('database')
  await start('broker')
  await Promise.all([lifecycle.stop(), lifecycle.stop()])
  expect(seen).toEqual(['+database', '+broker', '-broker', '-database'])
})

test('a part that fails or hangs at its stop keeps no other from stopping', async () => {
  const { lifecycle, seen, start } = parts()
  await start('database')
  await start('hanging', () => new Promise(() => {}))
  await start('failing', async () => {
    throw new Error('no')
  })
  await lifecycle.stop()
  expect(seen.at(-1)).toBe('-database')
})

test('a part that fails to start brings the others down', async () => {
  const { lifecycle, seen, start } = parts()
  await start('database')
  await expect(
    lifecycle.start(
      'http',
      1000,
      async () => {
        throw new Error('port taken')
      },
      async () => {},
    ),
  ).rejects.toThrow('port taken')
  expect(seen).toEqual(['+database', '-database'])
})

test('a part that starts too late is stopped when it comes', async () => {
  const { lifecycle } = parts()
  let arrive = (_part: string): void => {}
  let stopped = ''
  const late = new Promise<string>((resolve) => (arrive = resolve))
  const starting = lifecycle.start(
    'slow',
    10,
    () => late,
    async (part) => (stopped = part),
  )
  await expect(starting).rejects.toMatchObject({ code: 'start-timed-out' })
  arrive('slow part')
  await until(() => stopped)
  expect(stopped).toBe('slow part')
})

test('a part that comes up while the hub stops is stopped too, and none is started after it', async () => {
  const { lifecycle, seen, start } = parts()
  await start('database')
  let arrive = (_part: string): void => {}
  const coming = new Promise<string>((resolve) => (arrive = resolve))
  const starting = lifecycle.start(
    'broker',
    1000,
    () => coming,
    async (part) => seen.push(`-${part}`),
  )
  const stopping = lifecycle.stop()
  arrive('broker')
  await expect(starting).rejects.toMatchObject({ code: 'stopped-while-starting' })
  await stopping
  await until(() => seen.includes('-broker'))
  await expect(start('http')).rejects.toMatchObject({ code: 'stopped-while-starting' })
  expect(seen.toSorted()).toEqual(['+database', '-broker', '-database'])
})
