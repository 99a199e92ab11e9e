import { readFile, readdir, writeFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { commandLineForThisFile } from '../support/command-line.ts'
import { patience, until } from './household.ts'

/** `sutler try --watch`: the same devices, again at each change. */

const sutler = commandLineForThisFile()

beforeAll(() => sutler.run(['service', 'init', 'hello']))

const file = (name: string) => sutler.path('hello', name)

it(
  'each change is tried as an update on the same devices, mistakes are told and waited out, and Ctrl-C clears it all away',
  async () => {
    const trying = sutler.start(['try', 'hello', '--watch', '--keep', '--timeout', '2m'], {
      env: { TMPDIR: sutler.directory },
    })
    const { printed } = trying
    const waiting = (times: number) =>
      until(async () => (printed.err.split('Waiting for a change').length > times ? true : null), {
        deadline: 2 * patience,
        what: `trial ${times} is over: ${printed.err}`,
      })
    await waiting(1)
    expect(printed.out).toContain('hello 0.1.0 works')

    await writeFile(file('gateway/index.html'), '<h1>changed</h1>')
    await waiting(2)
    expect(printed.out).toContain('hello 0.1.0-try.2 works')

    const described = await readFile(file('service.json'), 'utf8')
    await writeFile(file('service.json'), '{ "id": ')
    await waiting(3)
    expect(printed.err).toContain('service.json')

    await writeFile(file('gateway/health.mjs'), `console.log('no picture'); process.exit(1)`)
    await writeFile(file('service.json'), described)
    await waiting(4)
    expect(printed.out).toMatch(/failed .*no picture[^]*does not work/)

    trying.interrupt()
    const { status } = await trying.ended
    expect(status).toBe(0)
    expect((await readdir(sutler.directory)).filter((name) => name.startsWith('sutler-try-'))).toEqual([])
  },
  4 * patience,
)
