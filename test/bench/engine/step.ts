import { median, type BenchOptions, type Figures } from '../measure.ts'
import { startProgram } from './program.ts'
import { alternate, times } from './rounds.ts'
import type { Side, StepQuestion } from './step-process.ts'

/** The pure step against XState 5's `send` on one actor, and against the least that a step over stored text can cost. */
export async function step({ quick, say, resources }: BenchOptions): Promise<Figures> {
  const program = startProgram<StepQuestion>('step-process.ts', resources)
  const [rounds, milliseconds] = quick ? [3, 150] : [11, 400]
  const run = (side: Side) => () => program.ask<number>({ do: 'step', side, milliseconds })
  const all = await alternate(rounds, {
    own: run('own'),
    xstate: run('xstate'),
    bare: run('bare'),
    ownGuarded: run('ownGuarded'),
    xstateGuarded: run('xstateGuarded'),
  })
  await program.stop()
  say(
    `step: ${Object.entries(all)
      .map(([side, rates]) => `${side} ${median(rates).toFixed(0)}/s`)
      .join(', ')}`,
  )
  return {
    'engine.step_vs_xstate': times(all.own, { name: 'XState 5 send', rates: all.xstate }, 10),
    'engine.step_cel_vs_xstate': times(
      all.ownGuarded,
      { name: 'the same with a guard each', rates: all.xstateGuarded },
      5,
    ),
    'engine.step_vs_bare_loop': times(all.own, { name: 'parse, fire, stringify by hand', rates: all.bare }, 0.5),
  }
}
