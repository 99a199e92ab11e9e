import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { commandLineForThisFile, type Run } from '../support/command-line.ts'

/** A process each; the machine may be busy with other tests. */
const patience = 120_000
const line = commandLineForThisFile()

const deliver = {
  model: 'deliver',
  version: '1.0.0',
  data: { attempts: 0 },
  states: ['queued', 'offered', 'failed'],
  initial: ['queued'],
  final: ['failed'],
  signals: { start: {}, late: {}, installed: { args: { digest: 'string' } } },
  transitions: [
    {
      name: 'offer',
      on: 'start',
      from: ['queued'],
      to: ['offered'],
      set: { attempts: 'data.attempts + 1', device: 'call.device' },
      tasks: [{ task: 'device.offer', args: { device: 'call.device' } }],
      emit: [{ signal: 'late', after: '15m', while: ['offered'] }],
    },
    { name: 'give up', on: 'late', from: ['offered'], to: ['failed'] },
    { name: 'note', on: 'installed', from: [], to: [] },
  ],
}

/** Writes a file into the test's directory. */
async function file(name: string, content: unknown): Promise<string> {
  await writeFile(line.path(name), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`)
  return name
}

function sutler(...words: string[]): Promise<Run> {
  return line.run(words)
}

describe('sutler model simulate', { timeout: patience }, () => {
  it('semantics 10.2, semantics 10.4: prints one JSON line per step, and ends with 0 although a signal was rejected', async () => {
    const model = await file('deliver.json', deliver)
    const script = await file('script.jsonl', '{"signal":"start"}\n{"signal":"installed"}\n\n{"advance":"15m"}\n')
    const words = ['model', 'simulate', model, '--script', script, '--call', '{"device":"stb1"}', '--json']
    const { status, out, err } = await sutler(...words)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    const lines = out
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, unknown>)
    expect(lines).toHaveLength(3)
    expect(lines[0]).toEqual({
      signal: 'start',
      outcome: 'fired',
      fired: ['offer'],
      states: ['offered'],
      args: {},
      data: { attempts: 1, device: 'stb1' },
      shared: {},
      tasks: [{ task: 'device.offer', args: { device: 'stb1' } }],
      emitted: [{ signal: 'late', to: 'self', args: {}, due: '2026-01-01T00:15:00Z' }],
      calls: [],
      done: false,
    })
    expect(lines[1]).toMatchObject({ outcome: 'rejected', reason: 'bad-arguments' })
    expect(lines[2]).toMatchObject({ signal: 'late', fired: ['give up'], done: true })
  })

  it('for people: each line of the script with what it causes, and where the instance is in the end', async () => {
    const model = await file('deliver.json', deliver)
    const script = '{"signal":"start"}\n{"advance":"5m"}\n{"advance":"10m"}\n'
    const { status, out } = await line.run(
      ['model', 'simulate', model, '--script', '-', '--call', '{"device":"stb1"}'],
      { input: script },
    )
    expect(status).toBe(0)
    expect(out.split('\n')).toEqual([
      'deliver 1.0.0',
      '      SIGNAL          OUTCOME                       STATES',
      '> {"signal":"start"}',
      '   1  start           fired: offer                  offered',
      '      data    attempts=1 device="stb1"',
      '      task    device.offer {"device":"stb1"}',
      '      timer   late at 2026-01-01T00:15:00Z',
      '> {"advance":"5m"}',
      '      nothing happens',
      '> {"advance":"10m"}',
      '   2  late            fired: give up                failed (done)',
      '2 steps; now in failed, done, at 2026-01-01T00:15:00Z',
      '',
    ])
  })

  it('ends with 2 and the place for a model or a script that cannot be read', async () => {
    const good = await file('deliver.json', deliver)
    const script = await file('good.jsonl', '{"signal":"start"}\n')
    const simulate = (model: string, lines: string): Promise<Run> =>
      sutler('model', 'simulate', model, '--script', lines)
    const runs = await Promise.all([
      simulate('nowhere.json', script),
      simulate(await file('broken.json', '{\n  "model": ,\n}'), script),
      simulate(await file('wrong.json', { ...deliver, states: [] }), script),
      simulate(good, await file('odd.jsonl', '{"signal":"start"}\n{"sigal":"late"}\n')),
      simulate(good, 'nowhere.jsonl'),
      sutler('model', 'simulate', good, '--script', script, '--call', '[]'),
      sutler('model', 'simulate', good),
    ])
    expect(runs.map(({ status }) => status)).toEqual([2, 2, 2, 2, 2, 2, 2])
    const [missing, broken, wrong, odd, noScript, badCall, noOption] = runs
    expect(missing!.err).toContain('nowhere.json cannot be read: there is no such file [file-unreadable]')
    expect(broken!.err).toMatch(/^broken\.json:2:12: /)
    expect(wrong!.err).toMatch(/^wrong\.json:\d+:\d+: /)
    expect(odd!.err).toContain('odd.jsonl:2: expected one of "signal", "advance", "task", "child" [script-unreadable]')
    expect(noScript!.err).toContain('[file-unreadable]')
    expect(badCall!.err).toContain('--call is not a JSON object: [] [option-invalid]')
    expect(noOption!.err).toContain("required option '--script <file>' not specified [usage]")
  })

  it('says in JSON, too, where a model is wrong', async () => {
    const model = await file('broken.json', '{\n  "model": ,\n}')
    const { status, out } = await sutler('model', 'simulate', model, '--script', 'any.jsonl', '--json')
    expect(status).toBe(2)
    expect(JSON.parse(out)).toMatchObject({
      error: { code: 'file-unreadable', message: expect.stringContaining('any.jsonl'), remedy: expect.any(String) },
    })
    const script = await file('good.jsonl', '')
    const wrong = await sutler('model', 'simulate', model, '--script', script, '--json')
    expect(JSON.parse(wrong.out)).toMatchObject({
      error: {
        code: 'model-unreadable',
        findings: [
          { file: 'broken.json', line: 2, column: 12, severity: 'error' },
          { line: 3, column: 1 },
        ],
      },
    })
  })
})

describe('sutler model check', { timeout: patience }, () => {
  it('shows each mistake at its place, and the way to a state from which nothing leads on', async () => {
    const transitions = deliver.transitions.filter(({ name }) => name !== 'give up')
    const model = await file('stuck.json', { ...deliver, transitions })
    const { status, out } = await sutler('model', 'check', model)
    expect(status).toBe(1)
    expect(out).toMatch(/^stuck\.json:\d+:\d+: .*cannot-complete/m)
    expect(out).toMatch(/start.*offered/)
    expect(out).toMatch(/\^+/)
    expect(out).toMatch(/stuck\.json: \d+ errors?, \d+ warnings?\n$/)
  })

  it('ends with 0 for a sound model, and says so', async () => {
    const { status, out } = await sutler('model', 'check', await file('deliver.json', deliver))
    expect({ status, out }).toEqual({ status: 0, out: 'deliver.json: 0 errors, 0 warnings\n' })
  })

  it('judges calls among the files that are given, and not those of others', async () => {
    const call = (url: string) => [
      { name: 'go', on: 'go', from: ['a'], to: ['b'], call: [{ url, as: 'it', args: { device: "'x'" } }] },
    ]
    const house = {
      model: 'house',
      version: '1.0.0',
      states: ['a', 'b'],
      initial: ['a'],
      final: ['b'],
      signals: { go: {} },
      transitions: call('model:delivr/1'),
    }
    const files = [await file('house.json', house), await file('deliver.json', deliver)]
    const wrong = await sutler('model', 'check', ...files)
    expect(wrong.status).toBe(1)
    expect(wrong.out).toContain('did you mean deliver?')
    await file('house.json', { ...house, transitions: call('model:elsewhere/1') })
    expect((await sutler('model', 'check', ...files)).status).toBe(0)
  })

  it('reads no more than a model can be', async () => {
    const runs = await Promise.all([
      sutler('model', 'check', await file('commas.json', `{${','.repeat(100_000)}`)),
      sutler('model', 'check', await file('deep.json', '['.repeat(1_000_000))),
      sutler('model', 'check', await file('large.json', JSON.stringify({ ...deliver, title: 'x'.repeat(2_000_000) }))),
      sutler('model', 'check', await file('huge.pattern', 'x'.repeat(17_000_000))),
      sutler('model', 'check', '/dev/zero'),
    ])
    const told = ['100 errors', 'nested too deeply', 'document-too-large', '[file-too-large]', '[file-too-large]']
    expect(runs.map(({ status, out, err }, at) => [status, `${out}${err}`.includes(told[at]!)])).toEqual(
      [1, 1, 1, 2, 2].map((status) => [status, true]),
    )
  })

  it('makes hostile text inert', async () => {
    const model = await file('hostile.json', { ...deliver, states: ['queued\u001b[2J', 'offered\u202e', 'failed'] })
    const { status, out } = await sutler('model', 'check', model)
    expect(status).toBe(1)
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  })
})

describe('sutler model', { timeout: patience }, () => {
  it('draws a model with its current states, and says which states there are', async () => {
    const model = await file('deliver.json', deliver)
    const drawn = await sutler('model', 'diagram', model, '--states', 'offered', '-o', 'deliver.svg')
    expect(drawn).toMatchObject({ status: 0, err: 'deliver.svg is written\n' })
    expect(await readFile(line.path('deliver.svg'), 'utf8')).toMatch(/^<svg[^]*offered/)
    const missing = await sutler('model', 'diagram', model, '--states', 'offred')
    expect(missing).toMatchObject({ status: 2, err: expect.stringContaining('did you mean offered?') })
  })

  it('exports and imports, and names what is lost', async () => {
    const model = await file('deliver.json', deliver)
    const scxml = await sutler('model', 'export', model, '--to', 'scxml', '-o', 'deliver.scxml')
    expect(scxml).toMatchObject({ status: 0, err: expect.stringContaining('lost: ') })
    expect((await sutler('model', 'export', model, '--to', 'pnml')).out).toContain('<pnml')
    const back = await sutler('model', 'import', 'deliver.scxml', '-o', 'back.pattern')
    expect(back.status).toBe(0)
    expect((await sutler('model', 'check', 'back.pattern')).status).toBe(0)
    const xml = await sutler('model', 'check', 'deliver.scxml')
    expect(xml).toMatchObject({ status: 2, err: expect.stringContaining('sutler model import') })
  })

  it('prints the same document from the text that it makes of it', async () => {
    const model = await file('deliver.json', deliver)
    await sutler('model', 'export', model, '--to', 'pattern', '-o', 'deliver.pattern')
    const { out } = await sutler('model', 'export', 'deliver.pattern', '--to', 'json')
    expect(JSON.parse(out)).toEqual(deliver)
  })

  it('formats text, and says which files were not in their usual form', async () => {
    const model = await file('deliver.json', deliver)
    const usual = (await sutler('model', 'export', model, '--to', 'pattern')).out
    await file('usual.pattern', usual)
    await file('odd.pattern', `// mine\n${usual.replaceAll(' -> ', '  ->   ')}`)
    const checked = await sutler('model', 'format', '--check', 'usual.pattern', 'odd.pattern')
    expect(checked).toMatchObject({ status: 1, out: 'odd.pattern is not formatted\n' })
    expect((await sutler('model', 'format', 'odd.pattern')).out).toBe(`// mine\n${usual}`)
    expect(await sutler('model', 'format', '--write', 'odd.pattern')).toMatchObject({ status: 0 })
    expect(await readFile(line.path('odd.pattern'), 'utf8')).toBe(`// mine\n${usual}`)
    expect((await sutler('model', 'format', model)).err).toContain('[not-a-pattern]')
  })

  it('suggests the nearest name for a misspelt command or option', async () => {
    const [command, option, asked] = await Promise.all([
      sutler('model', 'chek', 'a.json'),
      sutler('instance', 'list', '--stat', 'x'),
      sutler('model', 'chek', '--json'),
    ])
    expect(command).toMatchObject({
      status: 2,
      err: "sutler: unknown command 'chek' (Did you mean check?) [usage]\n  sutler model --help says how it is called.\n",
    })
    expect(option).toMatchObject({ status: 2, err: expect.stringContaining('Did you mean --state?') })
    expect(JSON.parse(asked!.out)).toMatchObject({ error: { code: 'usage' } })
  })
})
