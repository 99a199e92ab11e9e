import { parseUrl, type SimulationLine } from '@sutler/engine'
import { expect } from 'vitest'
import type { HistoryEntry, Returned } from '../../../hub/src/engine/index.ts'
import { sorted } from '../comparison.ts'
import type { Command } from '../naive/simulation.ts'
import type { Stage } from './stage.ts'
import { call, type Trial } from './trial.ts'

const urlOf = ({ model }: Trial): string => `model:${model.model}/simulation`

/** Plays the trials side by side, round by round, and compares what the hub kept with what the simulation printed. */
export async function playTogether(stage: Stage, trials: readonly Trial[]): Promise<void> {
  const rounds = Math.max(...trials.map(({ commands }) => commands.length))
  const answers = new Map<Trial, { readonly line: number; readonly returned: Returned }[]>(
    trials.map((trial) => [trial, []]),
  )
  for (let round = 0; round < rounds; round += 1) {
    const time = trials.map(({ commands }) => commands[round]).find((command) => command && 'advance' in command)
    if (time && 'advance' in time) await stage.advance(time.advance)
    else {
      await Promise.all(
        trials.map(async (trial) => {
          const command = trial.commands[round]
          const returned = command ? await tell(stage, trial, command) : null
          if (returned) answers.get(trial)!.push({ line: trial.before[round]!, returned })
        }),
      )
      await stage.settled()
    }
  }
  for (const trial of trials) await compare(stage, trial, answers.get(trial)!)
}

async function tell(stage: Stage, trial: Trial, command: Command): Promise<Returned | null> {
  if ('advance' in command) throw new RangeError('the clock moves for all of them')
  if ('task' in command) return (stage.endTask(trial.model.model, command.task, command.end), null)
  if ('signal' in command) {
    const { signal: type, args, id } = command
    return await stage.hub.engine.signal({ to: urlOf(trial), type, args, create: { call }, ...(id && { id }) })
  }
  const view = await stage.hub.engine.instance(urlOf(trial))
  const child = view?.children.find(({ as }) => as === command.child)
  if (!child) throw new RangeError(`${urlOf(trial)} has no subinstance ${command.child}`)
  const { model, id } = parseUrl(child.url)!
  const to = `model:${model}/${encodeURIComponent(id)}`
  const ending =
    'done' in command.end ? { type: 'finish', args: { n: command.end.done['n'] ?? 0 } } : { type: 'cancel', args: {} }
  await stage.hub.engine.signal({ to, ...ending })
  return null
}

async function compare(
  stage: Stage,
  trial: Trial,
  answers: readonly { readonly line: number; readonly returned: Returned }[],
): Promise<void> {
  const { model, commands, lines } = trial
  const about = JSON.stringify({ model, commands })
  const { engine, database, history } = stage.hub
  const taken = lines.filter(({ outcome }) => outcome !== 'duplicate')
  const entries = await history(urlOf(trial))
  expect(asText(inHistory(entries, model.data ?? {})), about).toEqual(asText(taken.map(inShort)))
  for (const { line, returned } of answers) expect(returned, about).toMatchObject(answer(lines[line]!))
  const last = lines.at(-1)
  if (last === undefined) return
  const { states, data, done } = last
  expect(await engine.instance(urlOf(trial)), about).toMatchObject({ states, data, done })
  const [shared] = await database.sql`select data from engine_shared where model = ${model.model}`
  expect(shared, about).toEqual({ data: last.shared })
}

/** A line each: where they differ is seen at once. */
function asText(steps: readonly object[]): string[] {
  return steps.map((step) => JSON.stringify(sorted(step)))
}

/** What history keeps of a line. */
function inShort({
  signal,
  outcome,
  reason,
  detail,
  fired,
  states,
  args,
  data,
  tasks,
  emitted,
  calls,
  done,
}: SimulationLine) {
  const sent = emitted.map(({ signal: type, to, due }) => ({ signal: type, to, due: due ?? null }))
  const why = { reason: reason ?? null, detail: detail ?? null }
  return { signal, outcome, ...why, fired, states, args, data, done, effects: [...sent, ...tasks, ...calls] }
}

interface Short {
  readonly signal?: string
  readonly to?: string
  readonly due?: number
  readonly task?: string
  readonly args?: unknown
  readonly call?: string
  readonly as?: string
  readonly wait?: boolean
}

function inHistory(entries: readonly HistoryEntry[], initial: SimulationLine['data']) {
  let data = initial
  return entries.map((entry) => {
    data = entry.data ?? data
    const { type: signal, outcome, reason, detail, fired, states, args, done } = entry
    const effects = ((entry.effects ?? []) as readonly Short[]).flatMap(effectOf)
    const order = ['signal', 'task', 'url'].map((key) => effects.filter((effect) => key in effect))
    return { signal, outcome, reason, detail, fired, states, args, data, done, effects: order.flat() }
  })
}

function effectOf({ signal, to, due, task, args, call: url, as, wait }: Short): object[] {
  if (signal !== undefined) {
    const text = due === undefined ? null : new Date(due).toISOString().replace('.000Z', 'Z')
    return [{ signal, to, due: text }]
  }
  if (task !== undefined) return [{ task, args }]
  return url === undefined ? [] : [{ url, as, wait }]
}

function answer({ outcome, reason, fired, args, states }: SimulationLine) {
  if (outcome === 'duplicate') return { duplicate: true, outcome: reason, fired, args }
  return { outcome, ...(reason !== undefined && { reason }), fired, args, states }
}
