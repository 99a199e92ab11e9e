import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { texts } from '../testing/texts.ts'
import { checkPattern } from './check.ts'
import { readPattern } from './read.ts'

const head = 'model m 1.0.0\nstates a (initial), b (final)\n'

/** What stands at a pointer's place. */
function written(text: string, pointer: string): string {
  const { start, end } = readPattern(text).placeOf(pointer)
  return text.slice(start.offset, end.offset)
}

function documentOf(text: string): Model {
  const { document, diagnostics } = readPattern(text)
  expect(diagnostics).toEqual([])
  return document!
}

describe('the place of a signal that is emitted', () => {
  it('is where it is written, whatever else the statement says', () => {
    const text = `${head}on go: a -> b\n  emit late after 3s while a\n`
    const at = '/transitions/0/emit/0'
    expect([written(text, `${at}/signal`), written(text, `${at}/after`), written(text, `${at}/while/0`)]).toEqual([
      'late',
      '3s',
      'a',
    ])
  })
})

describe('reading a text', () => {
  it('gives the document that it says', () => {
    expect(documentOf(texts.deliver)).toEqual({
      model: 'deliver',
      version: '1.0.0',
      title: 'Deliver one service version to one device',
      shared: { maxAttempts: 3 },
      data: { attempts: 0, device: 'stb1' },
      states: ['queued', 'offered', 'installing', 'confirmed', 'failed'],
      initial: ['queued'],
      final: ['confirmed', 'failed'],
      signals: {
        start: {},
        accepted: {},
        late: {},
        installed: { args: { digest: 'string' } },
        cancel: { args: { reason: 'string?' }, urgent: true },
      },
      transitions: [
        {
          name: 'offer',
          on: 'start',
          from: ['queued'],
          to: ['offered'],
          set: { attempts: 'data.attempts + 1' },
          tasks: [{ task: 'device.offer', args: { device: 'data.device' } }],
          emit: [{ signal: 'late', after: '15m', while: ['offered'] }],
        },
        {
          name: 'try again',
          on: 'late',
          from: ['offered'],
          to: ['queued'],
          when: 'data.attempts < shared.maxAttempts',
          emit: [{ signal: 'start' }],
        },
        {
          name: 'give up',
          on: 'late',
          from: ['offered'],
          to: ['failed'],
          when: 'data.attempts >= shared.maxAttempts',
        },
        { name: 'accepted', on: 'accepted', from: ['offered'], to: ['installing'] },
        { name: 'installed', on: 'installed', from: ['installing'], to: ['confirmed'] },
        { name: 'stop', on: 'cancel', from: [], clear: ['*'], to: ['failed'] },
      ],
      returns: { attempts: 'data.attempts' },
    })
  })

  it('takes entries below a section as it takes them behind its word', () => {
    const below = 'shared\n  x = 1\n  y = 2\nsignals\n  go(n: int) urgent\n  stop, back\nreturns\n  z = id\n'
    const beside = 'shared x = 1\nshared y = 2\nsignal go(n: int) urgent\nsignal stop, back\nreturns z = id\n'
    expect(documentOf(head + below)).toEqual(documentOf(head + beside))
  })

  it('tells an empty list from none', () => {
    const { shared, signals, transitions } = documentOf(
      `${head}shared none\nsignal none\non go: none clear none -> none\n  set none\n  task x()\n  emit none\n`,
    )
    expect([shared, signals]).toEqual([{}, {}])
    expect(transitions).toEqual([
      { name: 'go', on: 'go', from: [], clear: [], to: [], set: {}, tasks: [{ task: 'x', args: {} }], emit: [] },
    ])
  })

  it('joins the lines of an expression by a space, without their comments', () => {
    const text = `${head}on go: a -> b\n    when data.x // one\n      && data.y == "a // b"\n      || args.z\n`
    expect(documentOf(text).transitions[0]?.when).toBe('data.x && data.y == "a // b" || args.z')
  })

  it('ends an expression where a word follows a value, and keeps no word out of expressions', () => {
    const text = `${head}on go: a -> b as "x" when data.when in data.as\n  emit go after data.while + data.to while a to parent\n`
    expect(documentOf(text).transitions[0]).toMatchObject({
      when: 'data.when in data.as',
      emit: [{ after: 'data.while + data.to', while: ['a'], to: 'parent' }],
    })
  })

  it('says where everything stands', () => {
    const text = texts.everything
    expect(written(text, '')).toBe('model everything')
    expect(written(text, '/version')).toBe('2.1.0-rc.1')
    expect(written(text, '/data/list')).toBe('list = []')
    expect(written(text, '/states/1')).toBe('busy')
    expect(written(text, '/initial/1')).toBe('busy')
    expect(written(text, '/signals/go/args/why')).toBe('string?')
    expect(written(text, '/transitions/0/clear/0')).toBe('other')
    expect(written(text, '/transitions/0/name')).toBe('"start it"')
    expect(written(text, '/transitions/0/set/list')).toBe('data.list + [args.n]')
    expect(written(text, '/transitions/0/tasks/0/args/how')).toBe("'now'")
    expect(written(text, '/transitions/0/tasks/0/retry/factor')).toBe('1.5')
    expect(written(text, '/transitions/0/emit/1/while/1')).toBe('idle')
    expect(written(text, '/transitions/0/call/0/url')).toBe('model:sub@1/{id}-{string(args.n)}')
    expect(written(text, '/returns/b')).toBe('cel "1 +\\n1"')
  })

  it('says of what is not there where the nearest thing around it stands', () => {
    expect(written(texts.deliver, '/transitions/1/emit/0/args/x')).toBe('start')
    expect(written(texts.deliver, '/transitions/5/from')).toBe('any')
    expect(written(texts.deliver, '/nothing/at/all')).toBe('model deliver')
  })

  it('gives no document of a text with errors, but the tree of all that could be read', () => {
    const { document, tree } = readPattern(`${head}on go: a -> b wehn true\non back: b -> a\n`)
    expect(document).toBeNull()
    expect(tree.names.map(({ value }) => value)).toEqual(['m', 'a', 'b', 'go', 'a', 'b', 'back', 'b', 'a'])
  })

  it('reads lines however they end, and a byte order mark', () => {
    const windows = `\uFEFF${texts.deliver.replaceAll('\n', '\r\n')}`
    expect(documentOf(windows)).toEqual(documentOf(texts.deliver))
  })
})

describe('checking a text', () => {
  const said = (text: string): string[] =>
    checkPattern(text).diagnostics.map(({ code, range }) => `${range.start.line}:${range.start.column} ${code}`)

  it('has the model although the check finds errors, and none when the text has mistakes', () => {
    expect(checkPattern(`${head}on go: a -> a\n`).model?.model).toBe('m')
    expect(checkPattern(`${head}on go: a => b\n`).model).toBeNull()
  })

  it('says what is misspelt beside a mistake of writing, but nothing that follows from the mistake', () => {
    expect(said(`${head}on go: a -> c\non stop a -> b\n  emit gi to slf\n`)).toEqual([
      '3:13 unknown-state',
      '4:4 missing-colon',
      '5:14 bad-address',
    ])
    expect(said(`${head}on go: a -> c\non : a -> b\non go: a -> b\n  call model:x/1\n`)).toEqual([
      '3:13 unknown-state',
      '4:4 unexpected',
      '6:3 missing-as',
    ])
  })

  it('lists a hundred mistakes at most, errors before warnings', () => {
    const many = `${head}signal x\non go: a -> b\n${'  emit nowhere\n'.repeat(150)}`
    const { diagnostics } = checkPattern(many)
    expect(diagnostics).toHaveLength(100)
    expect(diagnostics.every(({ code }) => code === 'unknown-signal')).toBe(true)
  })

  it('judges no name when a declaration could not be read', () => {
    expect(said('model m 1.0.0\nstates a (inital), c (final)\non go: a -> b\n')).toEqual(['2:11 unexpected'])
  })
})
