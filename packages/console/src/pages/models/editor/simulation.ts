import type { Json, JsonObject, SimulationLine } from '@sutler/engine'

/** What can be done in a simulation, from what has happened in it so far. */

/** Names of tasks that were started and have not ended, one for each. */
export function runningTasks(lines: readonly SimulationLine[], script: readonly string[]): string[] {
  const running = lines.flatMap(({ tasks }) => tasks.map(({ task }) => task))
  for (const { task } of script.map(parsed)) remove(running, task)
  return running
}

/** Names of subinstances that were called and have not ended. */
export function runningChildren(lines: readonly SimulationLine[], script: readonly string[]): string[] {
  const running = lines.flatMap(({ calls }) => calls.map(({ as }) => as))
  for (const { child } of script.map(parsed)) remove(running, child)
  return running
}

function parsed(line: string): JsonObject {
  return JSON.parse(line) as JsonObject
}

function remove(names: string[], name: Json | undefined): void {
  const index = typeof name === 'string' ? names.indexOf(name) : -1
  if (index !== -1) names.splice(index, 1)
}
