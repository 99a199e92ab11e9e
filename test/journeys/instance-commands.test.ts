import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandLineForThisFile, type Run } from '../support/command-line.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'

const patience = 120_000
let database: TestDatabase
let hub: HubProcess
const line = commandLineForThisFile()

/** Can go away, and can fail. */
const text = (version: string, away: string): string => `model errand ${version}

data note = ""
data size = 1

states open (initial), ${away}, over (final)

signal note(text: string), divide(by: int), go, end

on note: open -> open
  set note = args.text

on divide: open -> open
  set size = data.size / args.by

on go: open -> ${away}

on end: open -> over
on end: ${away} -> over as "end away"
`

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  await line.saveLogin(hub.connection)
  await file('errand.pattern', text('1.0.0', 'away'))
  await line.json('model', 'publish', 'errand.pattern')
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
}, patience)

function file(name: string, content: string): Promise<void> {
  return writeFile(line.path(name), content)
}

function sutler(...words: string[]): Promise<Run> {
  return line.run(words)
}

async function start(id: string, ...more: string[]): Promise<Record<string, unknown>> {
  return await line.json('instance', 'start', 'errand', '--id', id, ...more)
}

describe('instances on the command line', { timeout: patience }, () => {
  it('are started, signalled, shown, listed and searched', async () => {
    await start('s1', '--signal', 'note', '--arg', 'text=milk', '--args', '{"text":"bread"}')
    await start('s2')
    const [shown, list, none, history, searched, again] = await Promise.all([
      sutler('instance', 'show', 'errand/s1'),
      line.json('instance', 'list', '--model', 'errand', '--state', 'open', '--data', 'note=milk', '--running'),
      sutler(
        'instance',
        'list',
        '--model',
        'errand',
        '--done',
        '--version',
        '1.0.0',
        '--changed-from',
        '2100-01-01T00:00:00Z',
      ),
      sutler('instance', 'history', 'errand/s1', '--limit', '1'),
      line.json('instance', 'history', '--model', 'errand', '--signal', 'note', '--data', 'note=milk'),
      sutler('instance', 'start', 'errand', '--id', 's1'),
    ])
    const wrong = await sutler('instance', 'signal', 'model:errand@1.0.0/s1', 'note', '--arg', 'txt=x')
    expect(shown.out).toContain('model:errand@1.0.0/s1\n  states     open\n  data       note="milk" size=1\n')
    expect(list).toMatchObject([{ id: 's1' }])
    expect(none.out).toBe('nothing yet\n')
    expect(history.out).toMatch(
      /^ENTRY +AT +SIGNAL +OUTCOME +STATES +DATA\n2 .* note +fired: note +open +note="milk" size=1\n$/,
    )
    expect(history.err).toBe('There are older ones: --limit 2\n')
    expect(searched).toMatchObject([{ model: 'errand', id: 's1', outcome: 'fired' }])
    expect(again).toMatchObject({ status: 1, err: expect.stringContaining('[instance-exists]') })
    expect(wrong).toMatchObject({ status: 1, out: expect.stringContaining('bad-arguments: ') })
  })

  it('say what they are called wrongly with', async () => {
    const runs = await Promise.all([
      sutler('instance', 'show', 'errand'),
      sutler('instance', 'show', 'errand/none'),
      sutler('instance', 'watch', 'errand/none'),
      sutler('instance', 'watch', 'errnd'),
      sutler('instance', 'start', 'errand', '--arg', 'text=x'),
      sutler('instance', 'cancel', 'errand/s1'),
      sutler('instance', 'watch', 'errand/s1', '--timeout', 'soon'),
      sutler('instance', 'migrate', 'errand', '--to', '2.0.0'),
      sutler('model', 'show', 'errand@7'),
    ])
    expect(runs.map(({ status, err }) => `${status} ${/\[([a-z-]+)\]/.exec(err)?.[1]}`)).toEqual([
      '2 usage',
      '1 not-found',
      '1 not-found',
      '1 unknown-model',
      '2 option-invalid',
      '2 usage',
      '2 usage',
      '2 option-invalid',
      '2 unknown-version',
    ])
  })

  it('cannot steer the terminal by what is in them', async () => {
    await start('hostile', '--signal', 'note', '--args', JSON.stringify({ text: '\u001b[2J\u009b31m\u202egnp' }))
    const runs = await Promise.all([
      sutler('instance', 'show', 'errand/hostile'),
      sutler('instance', 'history', 'errand/hostile'),
      sutler('instance', 'list', '--model', 'errand'),
      sutler('instance', 'show', 'errand/hostile', '--json'),
    ])
    for (const { out } of runs) expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(JSON.parse(runs[3]!.out)).toMatchObject({ data: { note: '\u001b[2J\u009b31m\u202egnp' } })
  })

  it('that need attention are found, retried, skipped, repaired and cancelled, with a reason', async () => {
    for (const id of ['a1', 'a2', 'a3'])
      expect(
        (await sutler('instance', 'start', 'errand', '--id', id, '--signal', 'divide', '--arg', 'by=0')).status,
      ).toBe(1)
    const attention = await line.json('instance', 'list', '--attention')
    expect(attention).toMatchObject([{ id: 'a1' }, { id: 'a2' }, { id: 'a3' }])
    const [skipped, repaired, retried, cancelled] = [
      await line.json('instance', 'skip', 'errand/a1', '--reason', 'no matter'),
      await line.json(
        'instance',
        'repair',
        'errand/a2',
        '--reason',
        'by hand',
        '--states',
        'away',
        '--data',
        '{"size":7}',
      ),
      await line.json('instance', 'retry', 'errand/a3', '--reason', 'again'),
      await line.json('instance', 'cancel', 'errand/a3', '--reason', 'enough'),
    ]
    expect(skipped).toMatchObject({ attention: null, states: ['open'] })
    expect(repaired).toMatchObject({ attention: null, states: ['away'], data: { size: 7 } })
    expect(retried).toMatchObject({ attention: expect.stringContaining('divide failed') })
    expect(cancelled).toMatchObject({ done: true })
    const history = await sutler('instance', 'history', 'errand/a3')
    expect(history.out).toMatch(/operator\.cancel +operated .*\n +by usr-\w+: enough\n/)
  })
})

describe('watching', { timeout: patience }, () => {
  it('goes on over a hub that is killed and started again, and ends when the instance is done', async () => {
    await start('w1')
    const watching = line.start(['instance', 'watch', 'errand/w1'])
    const whole = line.start(['instance', 'watch', 'errand'])
    await until(() => watching.printed.err.includes('is in open'), { deadline: patience })
    await until(() => whole.printed.err.includes('watching errand'), { deadline: patience })
    await sutler('instance', 'signal', 'errand/w1', 'go')
    await until(() => watching.printed.out.includes('fired: go'), { deadline: patience })
    await hub.kill()
    await until(() => watching.printed.err.includes('the hub is away'), { deadline: patience })
    await hub.restart()
    await sutler('instance', 'signal', 'errand/w1', 'end')
    const { status, out } = await watching.ended
    expect(status).toBe(0)
    expect(out.replace(/^\S+/gm, '').split('\n')).toEqual([
      '  go                fired: go                 away',
      '  end               fired: end away           over (done)',
      '',
    ])
    await until(() => whole.printed.out.includes('end away'), { deadline: patience })
    whole.interrupt()
    const all = await whole.ended
    expect(all.status).toBe(0)
    const own = all.out.split('\n').filter((each) => each.includes('  w1  '))
    expect(own.map((each) => each.split(/ +/)[2])).toEqual(['go', 'end'])
  })

  it('shows what happened before when asked, and ends at once when there is nothing to wait for', async () => {
    await start('w2', '--signal', 'end')
    const [done, before] = await Promise.all([
      sutler('instance', 'watch', 'errand/w2'),
      sutler('instance', 'watch', 'errand/w2', '--history', '--json'),
    ])
    expect(done).toMatchObject({ status: 0, out: '', err: expect.stringContaining('is in over (done)') })
    expect(before.status).toBe(0)
    expect(before.out.trim().split('\n')).toHaveLength(2)
  })

  it('ends in time, and says that what was waited for has not come', async () => {
    await start('w3')
    const runs = await Promise.all([
      sutler('instance', 'watch', 'errand/w3', '--timeout', '200ms'),
      sutler('instance', 'watch', 'errand/w3', '--until', 'away', '--timeout', '0.2s', '--json'),
      sutler('instance', 'watch', 'errand', '--timeout', '200ms'),
    ])
    expect(runs.map(({ status }) => status)).toEqual([1, 1, 0])
    expect(runs[0]!.err).toContain('errand/w3 is not done after 0.2 s [still-running]')
    expect(JSON.parse(runs[1]!.out)).toMatchObject({ error: { code: 'still-running' } })
  })
})

describe('models at a hub', { timeout: patience }, () => {
  it('are checked against its tasks and models, those that are given along included', async () => {
    const call = (url: string, task: string): string =>
      `model caller 1.0.0\nstates a (initial), b, c (final)\nsignal go, done\non go: a -> b\n  task ${task}\n  call ${url} as it done done\non done: b -> c\n`
    await file('caller.pattern', call('model:callee/1', 'device.ofer'))
    await file('callee.pattern', 'model callee 1.0.0\nstates a (initial), b (final)\nsignal go\non go: a -> b\n')
    const checked = await sutler('model', 'check', '--hub', 'caller.pattern', 'callee.pattern')
    expect(checked.status).toBe(1)
    expect(checked.out).toMatch(/^caller\.pattern:5:8: error: unknown task device\.ofer/)
    expect(checked.out).toMatch(/2 files: 1 error, 0 warnings\n$/)
    expect(await sutler('model', 'check', 'caller.pattern', 'callee.pattern')).toMatchObject({ status: 0 })

    await file('caller.pattern', call('model:callee/1', 'device.ofer').replace('  task device.ofer\n', ''))
    const published = await line.json('model', 'publish', 'caller.pattern', 'callee.pattern')
    expect(published).toMatchObject([
      { name: 'callee', created: true },
      { name: 'caller', created: true },
    ])
    expect((await sutler('model', 'publish', 'callee.pattern')).out).toContain('is published already')
  })

  it('are published whole or not at all, and say where they are wrong', async () => {
    await file('wrong.pattern', 'model wrong 1.0.0\nstates a (initial), b\nsignal go\non go: a -> b\n')
    const refused = await sutler('model', 'publish', 'wrong.pattern')
    expect(refused).toMatchObject({ status: 1, out: '' })
    expect(refused.err).toMatch(/^wrong\.pattern:2:\d+: error: /)
    await file('other.pattern', text('1.0.0', 'elsewhere'))
    const taken = await sutler('model', 'publish', 'other.pattern')
    expect(taken).toMatchObject({ status: 1, err: expect.stringContaining('[model-version-taken]') })
    const shown = await sutler('model', 'show', 'errand@1.0')
    expect(shown.out).toBe(text('1.0.0', 'away'))
  })

  it('have instances that are moved to another version, as previewed', async () => {
    await file('next.pattern', text('2.0.0', 'gone'))
    await line.json('model', 'publish', 'next.pattern')
    for (const id of ['m1', 'm2']) await line.json('instance', 'start', 'errand@1', '--id', id, '--signal', 'go')
    await line.json('instance', 'start', 'errand@1', '--id', 'm3', '--signal', 'end')
    const migrate = (...more: string[]): Promise<Run> => sutler('instance', 'migrate', ...more, '--to', '2.0.0')
    const missing = await migrate('errand/m1')
    expect(missing).toMatchObject({ status: 1, err: expect.stringContaining('--state OLD=NEW') })
    await file('odd.json', '{"away": 7}')
    expect((await migrate('errand/m1', '--map', 'odd.json')).err).toContain(
      'odd.json is no map of states: away [map-invalid]',
    )
    expect((await migrate('errand/m1', '--state', 'away=gone', '--apply')).err).toContain('[option-invalid]')

    await file('map.json', '{"away": ["gone"]}')
    const preview = await migrate('errand/m1', '--map', 'map.json')
    expect(preview).toMatchObject({ status: 0, out: '1 instance would move from errand 1.0.0 to 2.0.0, 0 could not\n' })
    expect(await line.json('instance', 'show', 'errand/m1')).toMatchObject({ version: '1.0.0' })
    const moved = await migrate('errand/m1', '--map', 'map.json', '--apply', '--reason', 'first')
    expect(moved).toMatchObject({ status: 0, out: '1 instance moved from errand 1.0.0 to 2.0.0, 0 could not\n' })
    expect(await line.json('instance', 'show', 'errand/m1')).toMatchObject({ version: '2.0.0', states: ['gone'] })
    const ended = await migrate('errand/m3', '--state', 'away=gone', '--apply', '--reason', 'late')
    expect(ended).toMatchObject({ status: 1, out: expect.stringContaining('  m3: the instance is done\n') })
    const all = await migrate('errand', '--from', '1.0.0', '--state', 'away=gone', '--apply', '--reason', 'all')
    expect(all).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+ instances moved /) })
    expect(await line.json('instance', 'migrations', 'errand')).toMatchObject([
      { reason: 'all' },
      { reason: 'late', refused: 1 },
      { reason: 'first', moved: 1 },
    ])
  })
})
