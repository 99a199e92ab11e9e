import { compileModel, start, take, type CompiledModel, type Instance, type Taken } from '@sutler/engine'
import { shippedPatterns } from '../index.ts'

export const now = Date.UTC(2026, 0, 1)
const compiled = new Map(shippedPatterns.map((model) => [model.model, compileModel(model)]))

/** An instance of a shipped pattern that is told one thing after the other. */
export class Walk {
  instance: Instance
  readonly #model: CompiledModel
  #signals = 0

  constructor(model: string, call = {}) {
    this.#model = compiled.get(model)!
    this.instance = start(this.#model, { id: 'x', call })
  }

  /** @param later milliseconds after `now` */
  tell(type: string, args = {}, later = 0): Taken {
    const shared = { maxOffers: 5 }
    const taken = take(
      this.#model,
      this.instance,
      shared,
      { id: `s${this.#signals++}`, type, args, from: 'external' },
      now + later,
    )
    this.instance = taken.instance
    return taken
  }
}

export const tasksOf = (taken: Taken): string[] =>
  taken.effects.flatMap((effect) => (effect.kind === 'task' ? [effect.use.task] : []))
