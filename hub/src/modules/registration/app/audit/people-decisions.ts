import { mainTenant } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import type { Account } from '../../domain/account.ts'
import type { DecisionLog } from './decision-log.ts'

const nobody = { id: 'nobody', kind: 'nobody' } as const

/** Whom somebody said to be, as far as that is known; never what was typed. */
export interface Claimed {
  /** Of the account, the invitation or the identity provider; of what there is not the installation's own people hear. */
  readonly tenant: string
  /** Their ids. */
  readonly object: Readonly<Record<string, string>>
}

export type PeopleDecisions = ReturnType<typeof peopleDecisions>

/** Decisions on who becomes somebody: they are in the audit, refused ones too. */
export function peopleDecisions(log: DecisionLog) {
  const allow = (
    { id, tenant, name }: Account,
    action: string,
    object: Readonly<Record<string, string>>,
    reason: string,
  ) => log.make({ tenant, actor: { id, kind: 'person', name }, action, object, verdict: 'allowed', reason })

  return {
    /** For the transaction that opens the session. */
    loggedIn(tx: Tx, account: Account, session: string, reason: string): void {
      tx.audit.decisions.push(allow(account, 'session.open', { account: account.id, session }, reason))
    },

    /** For the transaction that makes or changes the account of somebody who has none to act with yet. */
    admitted(tx: Tx, account: Account, object: Readonly<Record<string, string>>, reason: string): void {
      const decision = allow(account, 'account.admit', { account: account.id, ...object }, reason)
      tx.audit.decisions.push(decision)
      tx.audit.cause = decision
    },

    refused(action: 'session.open' | 'account.admit', claimed: Claimed | null, reason: string): void {
      const { tenant, object } = claimed ?? { tenant: mainTenant, object: {} }
      log.repeated({ tenant, actor: nobody, action, object, verdict: 'refused', reason })
    },
  }
}
