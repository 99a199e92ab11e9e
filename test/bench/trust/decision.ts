import { accessOf } from '../../../hub/src/modules/registration/app/access.ts'
import { DecisionLog } from '../../../hub/src/modules/registration/app/audit/decision-log.ts'
import type { Principals } from '../../../hub/src/modules/registration/app/principals.ts'
import type { Access, Principal } from '../../../hub/src/platform/access.ts'
import { actFor, request } from '../../../hub/src/platform/acting.ts'
import { systemClock as clock } from '../../../hub/src/platform/clock.ts'
import { silentLog as log } from '../../../hub/src/platform/log.ts'
import { figure, type BenchOptions, type Figures } from '../measure.ts'

const households = Array.from({ length: 20 }, (_, i) => `hh-${i}`)
const principal = {
  id: 'usr-1',
  kind: 'person',
  name: 'bea',
  roles: ['subscriber', 'sponsor'],
  tenant: 'main',
  households,
} as unknown as Principal
const perRound = 20_000

/** One authorization decision with its id, on its way into the audit: a read that was decided before, and a change. */
export async function decision({ quick, say }: BenchOptions): Promise<Figures> {
  const decisions = new DecisionLog({ clock, log, write: async () => {} })
  const access = accessOf({ authenticate: () => principal } as unknown as Principals, decisions)
  const [reads, changes]: [number[], number[]] = [[], []]
  for (let round = 0; round <= (quick ? 5 : 21); round++) {
    const read = microseconds(() => void access.authorise(principal, 'device.read', object))
    const change = microseconds(() => oneChange(access))
    if (round > 0) [read, change].forEach((value, i) => [reads, changes][i]!.push(value))
  }
  await decisions.stop()
  const goal = '≤ 50 µs'
  const figures = {
    'trust.decision_read': figure(reads, 'µs', { goal }),
    'trust.decision_change': figure(changes, 'µs', { goal }),
  }
  say(
    `decisions: read ${figures['trust.decision_read'].value.toFixed(2)} µs, change ${figures['trust.decision_change'].value.toFixed(2)} µs`,
  )
  return figures
}

const object = { household: 'hh-19', tenant: 'main' }

/** In a request of its own, as a route makes it; the transaction would take it along. */
function oneChange(access: Access): void {
  actFor(request(principal, 'req'), () => void access.authorise(principal, 'device.write', object))
}

function microseconds(work: () => void): number {
  const started = performance.now()
  for (let i = 0; i < perRound; i++) work()
  return ((performance.now() - started) * 1_000) / perRound
}
