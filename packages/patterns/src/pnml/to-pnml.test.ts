import type { Model } from '@sutler/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someDocument } from '../testing/documents.ts'
import { readXml, type XmlElement } from '../xml/read.ts'
import { toPnml } from './to-pnml.ts'

const handover: Model = {
  model: 'handover',
  version: '1.0.0',
  states: ['ready', 'left', 'right', 'over'],
  initial: ['ready'],
  final: ['over'],
  transitions: [
    { name: 'begin', on: 'begin', from: ['ready'], to: ['left', 'right'] },
    { name: 'finish', on: 'end', from: ['left', 'right'], to: ['over'] },
  ],
}

function all(text: string, name: string): XmlElement[] {
  const elements = [readXml(text)]
  for (const element of elements) elements.push(...element.children)
  return elements.filter((element) => element.name === name)
}

function losses(more: Partial<Model>): string[] {
  return toPnml({ ...handover, ...more }).losses.map(({ code, place }) => `${code} ${place}`)
}

describe('a model as PNML', () => {
  it('is a place/transition net of the grammar of 2009', () => {
    const { text } = toPnml(handover)
    expect(readXml(text)).toMatchObject({ name: 'pnml', namespace: 'http://www.pnml.org/version-2009/grammar/pnml' })
    expect(all(text, 'net')[0]?.attributes.get('type')).toBe('http://www.pnml.org/version-2009/grammar/ptnet')
  })

  it('has a place for each state, marked at the beginning, and a transition for each transition', () => {
    const { text } = toPnml(handover)
    const names = all(text, 'place').map(({ children }) => children[0]?.children[0]?.text)
    expect(names).toEqual(handover.states)
    expect(all(text, 'initialMarking')).toHaveLength(1)
    expect(all(text, 'transition')).toHaveLength(2)
  })

  it('has an arc for each state that a transition needs and makes, each between a place and a transition', () => {
    const { text } = toPnml(handover)
    const kind = new Map(
      [...all(text, 'place'), ...all(text, 'transition')].map(({ name, attributes }) => [attributes.get('id'), name]),
    )
    const arcs = all(text, 'arc').map(
      ({ attributes }) => `${kind.get(attributes.get('source'))} ${kind.get(attributes.get('target'))}`,
    )
    expect(arcs).toEqual([
      'place transition',
      'transition place',
      'transition place',
      'place transition',
      'place transition',
      'transition place',
    ])
  })

  it('loses signals and the end, and nothing else of a plain net', () => {
    expect(losses({})).toEqual(['final /final', 'signal /transitions/0/on', 'signal /transitions/1/on'])
  })

  it('names all that a net cannot say, each with its place', () => {
    const found = losses({
      data: { n: 0 },
      shared: { m: 0 },
      signals: { begin: { args: { n: 'int' }, urgent: true, deferrable: true } },
      returns: { n: 'data.n' },
      transitions: [
        {
          name: 'begin',
          on: 'begin',
          from: [],
          to: ['left'],
          clear: ['*'],
          when: 'true',
          args: { n: '1' },
          set: { n: '1' },
          share: { m: '1' },
          cancel: ['end'],
          tasks: [{ task: 'one' }],
          emit: [{ signal: 'end' }, { signal: 'end', after: '1m' }],
          call: [{ url: 'model:x/{id}', as: 'x' }],
        },
        { name: 'again', on: 'begin', from: ['ready'], to: ['left', 'left'] },
        { name: 'or', on: 'begin', from: ['ready'], to: ['right'] },
      ],
    })
    expect(found).toEqual(
      expect.arrayContaining([
        'data /data',
        'shared /shared',
        'returns /returns',
        'signal-args /signals/begin/args',
        'urgent /signals/begin/urgent',
        'deferrable /signals/begin/deferrable',
        'from-nothing /transitions/0/from',
        'clear /transitions/0/clear',
        'guard /transitions/0/when',
        'data /transitions/0/args',
        'data /transitions/0/set',
        'data /transitions/0/share',
        'timer /transitions/0/cancel',
        'task /transitions/0/tasks/0',
        'emit /transitions/0/emit/0',
        'timer /transitions/0/emit/1',
        'call /transitions/0/call/0',
        'set /transitions/0/to',
        'one-step /transitions/1',
        'order /transitions/2',
      ]),
    )
  })

  it('is well-formed, with ids used once, whatever the model says', () => {
    fc.assert(
      fc.property(someDocument as fc.Arbitrary<Model>, (model) => {
        const { text } = toPnml(model)
        const ids = ['place', 'transition', 'arc', 'page', 'net']
          .flatMap((name) => all(text, name))
          .map(({ attributes }) => attributes.get('id'))
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})
