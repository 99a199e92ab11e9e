import { takeAnswer } from './index.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Answer, Effect, Request, Turn, Verdict } from './update.ts'

/** The world of one update: the store of trusted metadata and the way to the repository. */
export interface UpdateHost {
  /** Makes one change to the store durable. */
  carryOut(effect: Effect): Promise<void>
  read(request: Extract<Request, { kind: 'read' }>): Promise<Answer>
  fetch(request: Extract<Request, { kind: 'fetch' }>): Promise<Answer>
}

/** Carries an update on from its first turn to its verdict. Throws what the host throws. */
export async function runUpdate(first: Turn, host: UpdateHost, crypto: TrustCrypto): Promise<Verdict> {
  let turn = first
  for (;;) {
    for (const effect of turn.effects) await host.carryOut(effect)
    const { next } = turn
    if (next.kind === 'finished' || next.kind === 'refused') return next
    const answer = next.kind === 'read' ? await host.read(next) : await host.fetch(next)
    turn = await takeAnswer(turn.update, answer, crypto)
  }
}
