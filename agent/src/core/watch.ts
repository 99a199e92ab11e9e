import type { UpBody } from '@sutler/wire'
import type { EnrolledIdentity } from './identity.ts'
import type { AgentState } from './state.ts'

/** For whoever shows people what the agent does. None of it may throw. */
export interface AgentWatch {
  enrolled(identity: EnrolledIdentity): void
  /** @param away why there is no connection; null = there is one */
  link(away: string | null): void
  /** What the hub is told, when it is queued: progress and outcomes among it. */
  told(message: UpBody): void
  /** What is durable now. */
  state(state: AgentState): void
}
