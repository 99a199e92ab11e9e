import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { consentKey } from '../../domain/situation.ts'
import type { Decided } from '../decide-deliveries.ts'
import type { PolicyDependencies } from '../dependencies.ts'
import type { DeliveryQuestion } from '../question.ts'
import type { Consent } from '../storage.ts'
import { consentEvent } from './consent-event.ts'

/** Asks each household once about each thing that its deliveries wait for. */
export async function askConsents(
  { storage, clock, doorbells }: Pick<PolicyDependencies, 'storage' | 'clock' | 'doorbells'>,
  tx: Tx,
  questions: readonly DeliveryQuestion[],
  decided: readonly Decided[],
): Promise<void> {
  const at = new Date(clock.now())
  const wanted = new Map<string, Consent>()
  for (const [index, { decision }] of decided.entries()) {
    const { tenant, household, delivery } = questions[index]!
    for (const subject of decision.asks) {
      const key = `${household}/${consentKey(subject)}`
      if (wanted.has(key)) continue
      const id = newId('con', at.getTime())
      wanted.set(key, { ...subject, id, tenant, household, state: 'asked', askedFor: delivery, changedAt: at })
    }
  }
  if (wanted.size === 0) return
  const asked = await storage.consents.ask(tx.sql, [...wanted.values()])
  await storage.consents.addChanges(
    tx.sql,
    asked.map(({ id, askedFor }) => ({
      consent: id,
      state: 'asked',
      at,
      by: null,
      reason: 'a delivery waits for it',
      decision: null,
      delivery: askedFor,
    })),
  )
  await appendEvents(
    tx,
    doorbells,
    asked.map((consent) => consentEvent(consent)),
  )
}
