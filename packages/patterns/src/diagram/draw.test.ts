import type { Model, Transition } from '@sutler/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxesOf, crossings, overlaps } from '../testing/drawn.ts'
import { randomStatechart } from '../testing/random-statecharts.ts'
import { readXml, type XmlElement } from '../xml/read.ts'
import { drawModel } from './draw.ts'
import { fitText, textWidth } from './metrics.ts'
import { pictureOf } from './picture.ts'

function move(
  name: string,
  from: readonly string[],
  to: readonly string[],
  more: Partial<Transition> = {},
): Transition {
  return { name, on: name, from, to, ...more }
}

/** Forks, joins, a timer, a task, a call, a guard, a reset, a loop, ends, and one that changes nothing. */
const gateway: Model = {
  model: 'home-gateway',
  version: '2.1.0',
  title: 'Line and firmware of one gateway',
  states: ['idle', 'testing', 'loading', 'line-good', 'firmware-good', 'in-service', 'retired'],
  initial: ['idle'],
  final: ['retired'],
  transitions: [
    move('start', ['idle'], ['testing', 'loading'], {
      tasks: [{ task: 'line.test' }],
      emit: [{ signal: 'late', after: 'P1DT12H', while: ['testing'] }],
      call: [{ url: 'model:delivery@1/{id}', as: 'delivery', wait: true }],
    }),
    move('line-ok', ['testing'], ['line-good'], { when: 'args.loss < 0.01' }),
    move('late', ['testing'], ['testing']),
    move('installed', ['loading'], ['firmware-good']),
    move('settle', ['line-good', 'firmware-good'], ['in-service']),
    move('remove', ['in-service'], ['retired'], { cancel: ['late'] }),
    move('drop', ['in-service'], []),
    move('cancel', [], ['retired'], { clear: ['*'] }),
    move('note', [], [], { set: { n: 'data.n + 1' } }),
  ],
}

function elementsOf(svg: string): XmlElement[] {
  const elements = [readXml(svg)]
  for (const element of elements) elements.push(...element.children)
  return elements
}

function statesOf(svg: string): (string | undefined)[] {
  return elementsOf(svg).flatMap(({ attributes }) =>
    attributes.has('data-state') ? [attributes.get('data-state')] : [],
  )
}

/** A model of any size, the same for the same numbers. */
function modelOfSize(states: number, transitions: number): Model {
  let seed = 7
  const chance = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return (seed >> 8) % below
  }
  const names = Array.from({ length: states }, (_, index) => `state-${index}`)
  const some = (): string[] => Array.from({ length: chance(9) === 0 ? 2 : 1 }, () => names[chance(states)] ?? '')
  return {
    ...gateway,
    states: names,
    initial: names.slice(0, 1),
    final: names.slice(-1),
    transitions: Array.from({ length: transitions }, (_, index) =>
      move(`signal-${index}`, some(), some(), { when: 'data.n < 3' }),
    ),
  }
}

describe('a drawing', () => {
  it('is well-formed XML and shows every state once', () => {
    expect(statesOf(drawModel(gateway)).toSorted()).toEqual(gateway.states.toSorted())
  })

  it('shows every transition, its guard, timer, task and call', () => {
    const svg = drawModel(gateway)
    for (const { name } of gateway.transitions) expect(svg).toContain(`>${name}</text>`)
    for (const text of [
      '[args.loss &lt; 0.01]',
      'late after 1d12h',
      'line.test',
      'model:delivery@1/{id} (waits)',
      'leaves all states',
      'stops timer late',
    ])
      expect(svg).toContain(`>${text}</text>`)
  })

  it('marks initial, final and current states', () => {
    const titles = elementsOf(drawModel(gateway, { states: ['testing', 'retired'] })).flatMap(({ name, text }) =>
      name === 'title' ? [text] : [],
    )
    expect(titles).toEqual(
      expect.arrayContaining(['idle (initial)', 'testing (current)', 'retired (final, current)', 'loading']),
    )
  })

  it('highlights the current states and no others', () => {
    const svg = drawModel(gateway, { states: ['testing', 'loading'] })
    const here = elementsOf(svg).filter(({ attributes }) => attributes.get('class') === 'state here')
    expect(here.map(({ attributes }) => attributes.get('data-state')).toSorted()).toEqual(['loading', 'testing'])
  })

  it('tells those who cannot see it what it shows', () => {
    const [svg, ...rest] = elementsOf(drawModel(gateway, { states: ['idle'] }))
    expect(svg?.attributes.get('role')).toBe('img')
    expect(rest.find(({ name }) => name === 'title')?.text).toBe(gateway.title)
    expect(rest.find(({ name }) => name === 'desc')?.text).toBe(
      'home-gateway 2.1.0: 7 states, 9 transitions. Initial: idle. Final: retired. Current: idle.',
    )
  })

  it('has colours for light and dark', () => {
    expect(drawModel(gateway)).toContain('@media (prefers-color-scheme:dark)')
    expect(drawModel(gateway, { theme: 'light' })).not.toContain('--paper:#12171d')
    const dark = drawModel(gateway, { theme: 'dark' })
    expect(dark).not.toContain('@media')
    expect(dark.lastIndexOf('--paper:#12171d')).toBeGreaterThan(dark.lastIndexOf('--paper:#fff'))
  })

  it('is the same text for the same model', () => {
    expect(drawModel(structuredClone(gateway), { states: ['idle'] })).toBe(drawModel(gateway, { states: ['idle'] }))
  })

  it('holds texts of a model as text, whatever they say', () => {
    const evil = `"><script>alert(1)</script><!--]]>&lt;\u0000\uD800'`
    const hostile: Model = {
      ...gateway,
      title: evil,
      transitions: [
        move('go', ['idle'], ['retired'], {
          name: evil,
          when: evil,
          set: { n: evil },
          emit: [{ signal: 'x', after: evil }],
          call: [{ url: evil, as: evil }],
        }),
      ],
    }
    const names = elementsOf(drawModel(hostile)).map(({ name }) => name)
    const known = new Set(['svg', 'title', 'desc', 'style', 'defs', 'marker', 'path', 'rect', 'text', 'g', 'circle'])
    expect(names.filter((name) => !known.has(name))).toEqual([])
    const handlers = elementsOf(drawModel(hostile)).flatMap(({ attributes }) =>
      [...attributes.keys()].filter((key) => key.startsWith('on') || key.includes('href')),
    )
    expect(handlers).toEqual([])
  })

  it('never lays one box over another, or an edge through one', () => {
    const property = fc.property(randomStatechart, (model) => {
      const picture = pictureOf(model)
      expect(overlaps(boxesOf(picture))).toEqual([])
      expect(crossings(picture)).toEqual([])
    })
    fc.assert(property, { numRuns: 150, examples: [[gateway], [modelOfSize(30, 60)]] })
  })

  it('keeps all of its text inside, none wider than its box', () => {
    for (const model of [gateway, modelOfSize(30, 60)]) {
      const svg = drawModel(model)
      const [root, ...rest] = elementsOf(svg)
      const [, , width = 0, height = 0] = (root?.attributes.get('viewBox') ?? '').split(' ').map(Number)
      const picture = pictureOf(model)
      for (const { x, y, width: wide, height: high } of boxesOf(picture)) {
        expect(x - wide / 2).toBeGreaterThanOrEqual(-0.1)
        expect(y - high / 2).toBeGreaterThanOrEqual(-0.1)
        expect(x + wide / 2).toBeLessThanOrEqual(width)
        expect(y + high / 2).toBeLessThanOrEqual(height)
      }
      for (const { attributes } of rest.filter(({ name }) => name === 'text'))
        expect(Number(attributes.get('textLength'))).toBeLessThanOrEqual(width)
    }
  })

  it('of as many states and transitions as there may be is whole', () => {
    const large = modelOfSize(256, 1024)
    expect(statesOf(drawModel(large).replace(/<text.*?<\/text>/g, ''))).toHaveLength(256)
  }, 60_000)

  it('can be made of a model without transitions', () => {
    expect(statesOf(drawModel({ ...gateway, transitions: [] }))).toHaveLength(gateway.states.length)
  })
})

describe('the width of text', () => {
  it('is cut with an ellipsis where it does not fit', () => {
    const font = { size: 12 }
    const fitted = fitText('a sentence that is far too long for its place', font, 80)
    expect(fitted).toMatch(/…$/)
    expect(textWidth(fitted, font)).toBeLessThanOrEqual(80)
  })

  it('reckons letters beyond Latin as wide as they are high', () => {
    expect(textWidth('配置', { size: 10 })).toBe(20)
  })
})
