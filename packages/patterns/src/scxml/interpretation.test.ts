import { compileModel, simulate, type SimulationLine } from '@sutler/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { events, meanings, randomScxml } from '../testing/random-scxml.ts'
import { ScxmlInterpreter } from '../testing/scxml-interpreter.ts'
import { readXml } from '../xml/read.ts'
import { ScxmlError } from './error.ts'
import { fromScxml } from './from-scxml.ts'
import { Losses } from './losses.ts'
import { readTree } from './read-tree.ts'

const harmless = new Set(['renamed', 'needs-start', 'wildcard'])
const someEvents = fc.array(fc.constantFrom(...events), { minLength: 1, maxLength: 8 })

describe('an imported document', () => {
  it('does what appendix A of SCXML says, event by event, if no loss is named', () => {
    let compared = 0
    const property = fc.property(randomScxml, someEvents, (text, script) => {
      const found = imported(text)
      if (found === null || found.losses.some(({ code }) => !harmless.has(code))) return
      const starts = found.losses.some(({ code }) => code === 'needs-start')
      const interpreter = new ScxmlInterpreter(readTree(readXml(text), new Losses()), meanings, { n: 0, k: 1 })
      interpreter.start()
      const run = new Run(found.model)
      if (starts) run.send('start')
      for (const event of script) {
        if (interpreter.endless || run.broken || !interpreter.running) break
        interpreter.send(event)
        run.send(event)
      }
      if (interpreter.endless || run.broken) return
      compared += 1
      expect({ ...run.seen, ended: run.ended }, `${text}\n${script.join(' ')}`).toEqual({
        states: interpreter.states,
        data: interpreter.data,
        ended: !interpreter.running,
      })
    })
    fc.assert(property, { numRuns: 400 })
    expect(compared).toBeGreaterThan(100)
  }, 120_000)
})

function imported(text: string): ReturnType<typeof fromScxml> | null {
  try {
    return fromScxml(text)
  } catch (error) {
    if (error instanceof ScxmlError) return null
    throw error
  }
}

/** A simulation that is continued: each time from the beginning, with a longer script. */
class Run {
  readonly #model: ReturnType<typeof fromScxml>['model']
  readonly #script: string[] = []
  seen: { states: readonly string[]; data: unknown }
  ended = false
  /** A step failed, or the model goes on for ever. */
  broken = false

  constructor(model: ReturnType<typeof fromScxml>['model']) {
    this.#model = model
    this.seen = { states: model.initial.toSorted(), data: model.data ?? {} }
  }

  send(signal: string): void {
    this.#script.push(JSON.stringify({ signal }))
    let last: SimulationLine | undefined
    let count = 0
    try {
      for (const line of simulate(compileModel(this.#model), this.#script)) {
        count += 1
        if (line.outcome === 'failed' || count > 400) this.broken = true
        if (this.broken) return
        last = line
      }
    } catch {
      this.broken = true
    }
    if (last === undefined) return
    this.seen = { states: last.states, data: last.data }
    this.ended = last.done
  }
}
