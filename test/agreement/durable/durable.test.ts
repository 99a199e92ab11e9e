import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seed, wanted } from '../../support/thoroughness.ts'
import { randomModel } from '../random-models.ts'
import { type Draft, randomEnding, randomSignal } from '../random-scripts.ts'
import { playTogether } from './comparison.ts'
import { puppet, renamed } from './puppet.ts'
import { Stage } from './stage.ts'
import { type Trial, trialOf } from './trial.ts'

/** All trials share a clock: the rounds in which it moves, in milliseconds; in the others each has a line of its own. */
const rounds = [0, 0, 0, 1000, 0, 0, 500, 0, 0, 0, 999, 0, 0, 2000, 0, 0, 1000, 0]
/** External tasks that one hub runs at once are 64. */
const tasksTogether = 60
const most = 60

const line = fc.oneof({ weight: 8, arbitrary: randomSignal }, { weight: 5, arbitrary: randomEnding })
const drafts: fc.Arbitrary<Draft[]> = fc.tuple(
  randomSignal,
  ...rounds
    .slice(1)
    .map((milliseconds): fc.Arbitrary<Draft> =>
      milliseconds > 0 ? fc.constant({ kind: 'advance', milliseconds }) : line,
    ),
)

function* groups(trials: Iterable<Trial>): Generator<Trial[]> {
  let group: Trial[] = []
  let tasks = 0
  for (const trial of trials) {
    if (group.length === most || tasks + trial.tasks > tasksTogether) {
      yield group
      group = []
      tasks = 0
    }
    group.push(trial)
    tasks += trial.tasks
  }
  yield group
}

/** What the trials must come to at least, in 300: far less than is usual. */
const expected: Readonly<Record<string, number>> = {
  fired: 700,
  ignored: 150,
  deferred: 20,
  held: 20,
  rejected: 50,
  failed: 50,
  duplicate: 30,
  'a task ends': 30,
  'a task fails': 10,
  'a subinstance ends': 20,
  'a subinstance fails': 5,
  'time passes': 100,
}

/** A hub costs more than a simulation: it is not troubled with what hardly does anything. */
function isLively({ lines }: Trial): boolean {
  return lines.filter(({ outcome }) => outcome === 'fired').length > 2
}

/** What there was less of. */
function rarest(trials: readonly Trial[]): string[] {
  const seen = trials.flatMap(({ commands, lines }) => [
    ...lines.map(({ outcome }) => outcome),
    ...commands.flatMap((command) => {
      if (command === null || 'signal' in command) return []
      if ('advance' in command) return ['time passes']
      if ('task' in command) return ['error' in command.end ? 'a task fails' : 'a task ends']
      return ['failed' in command.end ? 'a subinstance fails' : 'a subinstance ends']
    }),
  ])
  const counts = Map.groupBy(seen, (each) => each)
  return Object.entries(expected)
    .filter(([what, least]) => (counts.get(what)?.length ?? 0) < (least * count) / 300)
    .map(([what]) => `${what}: ${counts.get(what)?.length ?? 0}`)
}

const count = wanted('SUTLER_AGREEMENT_TRIALS', { quick: 300, long: 3_000 })

describe('simulation and durable execution', () => {
  it(
    `semantics 10.1: say the same of ${count} random models and scripts`,
    async () => {
      const drawn = fc.sample(fc.tuple(randomModel, drafts), { numRuns: 4 * count, seed })
      const all = drawn.flatMap(([model, script], number) => trialOf(renamed(model, number), script) ?? [])
      const trials = all.filter((trial) => isLively(trial) && trial.tasks <= tasksTogether).slice(0, count)
      expect(rarest(trials)).toEqual([])
      for (const group of groups(trials)) {
        const numbers = group.map(({ model }) => model.model.replace('trial', ''))
        const puppets = numbers.flatMap((number) => [puppet(`sub${number}`), puppet(`other${number}`)])
        const stage = await Stage.set([...group.map(({ model }) => model), ...puppets])
        await playTogether(stage, group)
      }
    },
    count * 2_000,
  )
})
