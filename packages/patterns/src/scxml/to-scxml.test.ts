import type { Model } from '@sutler/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someDocument } from '../testing/documents.ts'
import { randomStatechart } from '../testing/random-statecharts.ts'
import { readXml, type XmlElement } from '../xml/read.ts'
import { toScxml } from './to-scxml.ts'

const door: Model = {
  model: 'door',
  version: '1.0.0',
  data: { opened: 0 },
  states: ['shut', 'open', 'locked', 'unlocked', 'gone'],
  initial: ['shut', 'locked'],
  final: ['gone'],
  transitions: [
    { name: 'unlock', on: 'unlock', from: ['locked'], to: ['unlocked'] },
    {
      name: 'open',
      on: 'open',
      from: ['shut'],
      to: ['open'],
      when: "'unlocked' in states && args.times > 0",
      set: { opened: 'data.opened + args.times' },
      emit: [{ signal: 'close', after: '1m30s', while: ['open'] }],
    },
    { name: 'close', on: 'close', from: ['open'], to: ['shut'], when: "'unlocked' in states" },
    { name: 'remove', on: 'remove', from: ['open'], clear: ['*'], to: ['gone'] },
  ],
}

describe('a model as SCXML', () => {
  it('has regions for states that are current together', () => {
    expect(toScxml(door).text).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="door" datamodel="cel" initial="shut locked">
        <datamodel>
          <data id="opened" expr="0"/>
        </datamodel>
        <parallel id="together-1">
          <state id="region-1">
            <state id="shut">
              <transition event="open" cond="'unlocked' in states &amp;&amp; _event.data.times > 0" target="open">
                <assign location="opened" expr="data.opened + _event.data.times"/>
                <send event="close" id="close" delay="90s"/>
              </transition>
            </state>
            <state id="open">
              <onexit>
                <cancel sendid="close"/>
              </onexit>
              <transition event="close" cond="'unlocked' in states" target="shut"/>
              <transition event="remove" target="gone"/>
            </state>
          </state>
          <state id="region-2">
            <state id="locked">
              <transition event="unlock" target="unlocked"/>
            </state>
            <state id="unlocked"/>
          </state>
        </parallel>
        <final id="gone"/>
      </scxml>
      "
    `)
  })

  it('has regions also when not every combination of their states is reachable', () => {
    const guarded = door.transitions.map((transition) =>
      transition.name === 'open'
        ? { name: 'open', on: 'open', from: ['shut', 'unlocked'], to: ['open', 'unlocked'] }
        : transition,
    )
    const { text, losses } = toScxml({ ...door, transitions: guarded })
    expect(losses.map(({ code }) => code)).toEqual(['version', 'names'])
    expect(text).toContain(`<transition event="open" cond="In('unlocked')" target="open"/>`)
  })

  it('names what SCXML does not say, each with its place', () => {
    const model: Model = {
      ...door,
      title: 'A door',
      shared: { doors: 1 },
      signals: { open: { args: { times: 'int' }, urgent: true, deferrable: true } },
      returns: { opened: 'data.opened' },
      transitions: [
        ...door.transitions,
        {
          name: 'ring',
          on: 'ring',
          from: ['shut'],
          to: ['shut'],
          args: { heard: 'true' },
          share: { doors: 'shared.doors + 1' },
          tasks: [{ task: 'bell.ring' }],
          emit: [
            { signal: 'open', to: 'sender', reply: 'close' },
            { signal: 'close', at: 'now' },
          ],
          call: [{ url: 'model:bell/{id}', as: 'bell' }],
        },
      ],
    }
    expect(toScxml(model).losses.map(({ code, place }) => `${code} ${place}`)).toEqual([
      'version /version',
      'title /title',
      'names /transitions',
      'shared /shared',
      'returns /returns',
      'signal-args /signals/open/args',
      'urgent /signals/open/urgent',
      'deferrable /signals/open/deferrable',
      'args /transitions/4/args',
      'share /transitions/4/share',
      'task /transitions/4/tasks/0',
      'call /transitions/4/call/0',
      'reply /transitions/4/emit/0/reply',
      'to /transitions/4/emit/0/to',
      'at /transitions/4/emit/1/at',
    ])
  })

  it('is well-formed, whatever the model says', () => {
    fc.assert(
      fc.property(fc.oneof(randomStatechart, someDocument as fc.Arbitrary<Model>), (model) => {
        expect(readXml(toScxml(model).text).name).toBe('scxml')
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  it('ends also for a model that names a state twice', () => {
    const twice: Model = {
      model: 'm',
      version: '1.0.0',
      states: ['a', 'b', 'b'],
      initial: [],
      final: ['a'],
      transitions: [],
    }
    expect(readXml(toScxml(twice).text).name).toBe('scxml')
  })

  it('says of states that are no regions that they are none', () => {
    const crossing: Model = {
      ...door,
      states: ['a', 'b', 'c', 'd'],
      initial: ['a', 'b'],
      final: [],
      transitions: [
        { name: 'bc', on: 'e', from: ['a'], to: ['c'] },
        { name: 'cd', on: 'f', from: ['b'], to: ['d'], when: 'true' },
        { name: 'da', on: 'g', from: ['c', 'd'], to: ['a', 'd'] },
        { name: 'ab', on: 'h', from: ['d'], to: [] },
      ],
    }
    expect(toScxml(crossing).losses.map(({ code }) => code)).toContain('no-regions')
  })

  it('has every state once', () => {
    const ids = (element: XmlElement): string[] => [
      element.attributes.get('id') ?? '',
      ...element.children.flatMap(ids),
    ]
    const found = ids(readXml(toScxml(door).text))
    for (const state of door.states) expect(found.filter((id) => id === state)).toHaveLength(1)
  })
})
