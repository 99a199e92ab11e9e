import { compileModel, simulate } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { ScxmlError } from './error.ts'
import { fromScxml } from './from-scxml.ts'

function scxml(body: string, attributes = 'datamodel="cel"'): string {
  return `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" ${attributes}>\n${body}\n</scxml>`
}

function lossesOf(body: string, attributes?: string): string[] {
  return fromScxml(scxml(body, attributes)).losses.map(({ code, place }) => `${code} ${place}`)
}

function refusal(text: string): string {
  try {
    fromScxml(text)
  } catch (error) {
    if (error instanceof ScxmlError) return `${error.code} ${error.line}:${error.column}`
    throw error
  }
  return 'none'
}

const twoStates = '<state id="a"><transition event="e" target="b"/></state><final id="b"/>'

describe('a document that cannot be read', () => {
  it.each([
    ['no XML', 'bad-xml 1:5', 'state'],
    ['nothing', 'bad-xml 1:1', ''],
    ['XML of another kind', 'not-scxml 1:1', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['another version', 'not-scxml 1:1', '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="2.0"/>'],
    ['no states', 'no-states 1:1', scxml('')],
    ['a document type', 'xml-doctype 1:60', '<!DOCTYPE scxml [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]>'],
    ['an entity that is none of the five', 'bad-xml 2:20', scxml('<state id="a">&evil;</state>')],
    ['an unclosed element', 'bad-xml 3:8', scxml('<state id="a">')],
    ['an unknown target', 'unknown-state 2:15', scxml('<state id="a"><transition event="e" target="c"/></state>')],
    ['one id twice', 'duplicate-id 2:16', scxml('<state id="a"/><state id="a"/>')],
    [
      'alternatives as targets',
      'bad-target 2:30',
      scxml('<state id="a"/><state id="b"><transition event="e" target="a b"/></state>'),
    ],
    ['an element that cannot stand there', 'unknown-element 2:15', scxml('<state id="a"><raise event="e"/></state>')],
    [
      'transitions without an event for ever',
      'endless-eventless 2:15',
      scxml('<state id="a"><transition target="a"/></state>'),
    ],
    ['a raise without an event', 'no-event 2:24', scxml('<state id="a"><onentry><raise/></onentry></state>')],
  ])('is refused at its place: %s', (_, expected, text) => {
    expect(refusal(text)).toBe(expected)
  })

  it('names the nearest state', () => {
    const text = scxml('<state id="waiting"><transition event="e" target="waitin"/></state>')
    expect(() => fromScxml(text)).toThrow('2:21: no state waitin, did you mean waiting?')
  })

  it('is refused soon, however large or deep it is', () => {
    expect(refusal('x'.repeat(10_000_000))).toBe('xml-too-large 1:1')
    expect(refusal(scxml('<state>'.repeat(10_000)))).toMatch(/^xml-too-deep 2:/)
    expect(refusal(scxml('<state/>'.repeat(30_000)))).toMatch(/^xml-too-large 2:/)
    expect(refusal(scxml('<state/>'.repeat(300)))).toBe('too-many-states 1:1')
    expect(refusal(scxml(`<state id="a">${'<transition event="e"/>'.repeat(5000)}</state>`))).toBe(
      'too-many-transitions 1:1',
    )
    expect(
      refusal(
        scxml(
          `<state id="a"><transition event="${Array.from({ length: 9000 }, (_, index) => `e${index}`).join(' ')}"/></state>`,
        ),
      ),
    ).toBe('too-many-events 1:1')
    expect(
      refusal(
        scxml(`<state id="a"><onentry>${'<raise event="e"/>'.repeat(5000)}</onentry><transition event="e"/></state>`),
      ),
    ).toMatch(/^too-many-signals/)
    const choice = '<if cond="n &gt; 1"><assign location="n" expr="n + n"/></if>'
    const many = `<datamodel><data id="n" expr="1"/></datamodel><state id="a"><transition event="e">${choice.repeat(100)}</transition></state>`
    expect(refusal(scxml(many))).toMatch(/^too-many-ways/)
  }, 60_000)

  it('does not let expressions grow without end', () => {
    const doubling = '<assign location="n" expr="n + n"/>'.repeat(200)
    const body = `<datamodel><data id="n" expr="1"/></datamodel><state id="a"><transition event="e">${doubling}</transition></state>`
    expect(lossesOf(body)).toContain('assign-element 2:363')
  })
})

describe('what a model does not say', () => {
  it.each([
    ['log-element 2:24', '<state id="a"><onentry><log expr="1"/></onentry></state>'],
    ['script-element 2:24', '<state id="a"><onentry><script>x</script></onentry></state>'],
    ['foreach-element 2:24', '<state id="a"><onentry><foreach array="n" item="i"/></onentry></state>'],
    ['invoke-element 2:15', '<state id="a"><invoke src="x.scxml"/></state>'],
    ['history-element 2:15', '<state id="a"><history id="h"><transition target="b"/></history><state id="b"/></state>'],
    ['cond 2:15', '<state id="a"><transition event="e" cond="this is none" target="a"/></state>'],
    [
      'send-element 2:37',
      '<state id="a"><transition event="e"><send event="e" target="http://example.org/"/></transition></state>',
    ],
    ['send-element 2:37', '<state id="a"><transition event="e"><send eventexpr="n"/></transition></state>'],
    [
      'assign-element 2:37',
      '<state id="a"><transition event="e"><assign location="nothing" expr="1"/></transition></state>',
    ],
    ['wildcard 2:15', '<state id="a"><transition event="*"/></state>'],
    ['error-event 2:15', '<state id="a"><transition event="error.execution"/></state>'],
    ['foreign-element 2:15', '<state id="a"><note xmlns="urn:other"/></state>'],
    ['renamed 2:1', '<state id="a.b"/>'],
    [
      'ends-at-once 1:1',
      '<parallel id="p"><transition event="done.state.p" target="end"/>' +
        '<state id="l"><state id="l1"><transition event="e" target="l2"><raise event="f"/></transition><transition event="f"/></state><final id="l2"/></state>' +
        '</parallel><final id="end"/>',
    ],
    ['data-src 2:12', '<datamodel><data id="n" src="n.json"/></datamodel><state id="a"/>'],
  ])('is named at its place: %s', (expected, body) => {
    expect(lossesOf(body)).toContain(expected)
  })

  it('is nothing for flat states', () => {
    expect(lossesOf(twoStates)).toEqual([])
  })

  it('is said once, however many transitions come of it', () => {
    const body = '<state id="a"><transition event="e f" target="a"><log expr="1"/></transition></state>'
    expect(lossesOf(body)).toEqual(['log-element 2:50'])
  })
})

describe('an imported document', () => {
  it('becomes a model of its atomic states', () => {
    expect(fromScxml(scxml(twoStates, 'name="switch" datamodel="null"')).model).toEqual({
      model: 'switch',
      version: '1.0.0',
      states: ['a', 'b'],
      initial: ['a'],
      final: ['b'],
      transitions: [{ name: 'e in a', on: 'e', from: ['a'], to: ['b'] }],
    })
  })

  it('sends to its parent what it sends to #_parent', () => {
    const body = '<state id="a"><transition event="e"><send event="done" target="#_parent"/></transition></state>'
    expect(fromScxml(scxml(body)).model.transitions[0]?.emit).toEqual([{ signal: 'done', to: 'parent' }])
  })

  it('is done when all regions are, if that is where the document ends', () => {
    const body = `<parallel id="p"><transition event="done.state.p" target="end"/>
      <state id="l"><state id="l1"><transition event="e" target="l2"/></state><final id="l2"/></state>
      <state id="r"><state id="r1"><transition event="e" target="r2"/></state><final id="r2"/></state></parallel><final id="end"/>`
    const { model, losses } = fromScxml(scxml(body))
    expect(losses).toEqual([])
    const [line] = simulate(compileModel(model), ['{"signal":"e"}'])
    expect(line).toMatchObject({ states: ['l2', 'r2'], done: true })
  })

  it('takes the expressions of ECMAScript that mean the same in CEL, and no others', () => {
    const guarded = (cond: string): string | undefined => {
      const body = `<datamodel><data id="n" expr="1"/></datamodel><state id="a"><transition event="e" cond="${cond}"/></state>`
      return fromScxml(scxml(body, 'datamodel="ecmascript"')).model.transitions[0]?.when
    }
    expect(guarded("n === 1 &amp;&amp; _event.data.x !== 'y'")).toBe("data.n == 1 && args.x != 'y'")
    expect(guarded("_event.name === 'e'")).toBe("'e' == 'e'")
    for (const cond of [
      'n = 2',
      'n++',
      'typeof n',
      'n / 2',
      'f(n)',
      'n.toString()',
      'new Date()',
      'n =&gt; 1',
      'undefined',
      '`n`',
      'n &amp; 1',
      '/n/',
      '_event.origin',
    ])
      expect(guarded(cond), cond).toBe(undefined)
  })

  it('is the same model each time', () => {
    expect(fromScxml(scxml(twoStates))).toEqual(fromScxml(scxml(twoStates)))
  })
})
