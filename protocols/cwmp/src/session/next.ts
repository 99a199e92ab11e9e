import { begin } from './rules/begin.ts'
import { cancel } from './rules/cancel.ts'
import { again, conclude } from './rules/conclude.ts'
import { configure } from './rules/configure.ts'
import { configurations, methods, names, units, values } from './rules/learn.ts'
import { collectLog } from './rules/log.ts'
import { recall, send } from './rules/send.ts'
import { settle, watch } from './rules/settle.ts'
import { ping, query, restart, unknown } from './rules/simple.ts'
import { supersede } from './rules/supersede.ts'
import { inventory, report } from './rules/tell.ts'
import type { Move, Rule, Situation } from './situation.ts'

/** In this order: what ends work before what begins some, what is read before what is decided by it, a restart at last. */
const rules: readonly Rule[] = [
  ping,
  query,
  cancel,
  methods,
  names,
  values,
  units,
  configurations,
  conclude,
  supersede,
  report,
  inventory,
  settle,
  watch,
  configure,
  collectLog,
  begin,
  recall,
  send,
  again,
  restart,
  unknown,
]

/** What the ACS does next in a session when it has the word; null when it has nothing more. Pure. */
export function nextMove(situation: Situation): Move | null {
  for (const rule of rules) {
    const move = rule(situation)
    if (move !== null) return move
  }
  return null
}
