import { TrustError } from '../errors.ts'
import { clientLimits } from '../limits.ts'
import { afterRoot, afterStoredRoot } from './root.ts'
import { afterSnapshot, afterStoredSnapshot } from './snapshot.ts'
import { afterStoredTargets, afterTargets } from './targets.ts'
import { afterStoredTimestamp, afterTimestamp } from './timestamp.ts'
import { read, refused } from './turns.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { ClientLimits } from '../limits.ts'
import type { Answer, Turn, Update } from './update.ts'

/**
 * Starts an update (section 5). Nothing is done here: each turn says which changes to make to the store and then what to read or
 * fetch; `takeAnswer` takes what came of it, until the next is a verdict. To resume after a restart, start again.
 * @param now the time, in seconds since the Unix epoch (5.1: it stands still during the update)
 * @param wanted target paths to look for
 */
export function startUpdate(now: number, wanted: readonly string[], limits: ClientLimits = clientLimits): Turn {
  const update: Update = {
    startedAt: now,
    limits,
    phase: { at: 'stored-root' },
    rotations: 0,
    keysRotated: false,
    held: new Map(),
    seeking: null,
    wanted,
    searches: [],
  }
  return read(update, update.phase, 'root', limits.rootBytes)
}

/** The next turn. Errors in metadata are a verdict, `refused`; what is thrown is the host's own. */
export async function takeAnswer(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  try {
    return await phase(update, answer, crypto)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    return refused(update, error)
  }
}

function phase(update: Update, answer: Answer, crypto: TrustCrypto): Promise<Turn> {
  const { phase } = update
  switch (phase.at) {
    case 'stored-root':
      return afterStoredRoot(update, answer, crypto)
    case 'root':
      return afterRoot(update, answer, crypto)
    case 'stored-timestamp':
      return afterStoredTimestamp(update, answer, crypto)
    case 'timestamp':
      return afterTimestamp(update, answer, crypto)
    case 'stored-snapshot':
      return afterStoredSnapshot(update, answer, crypto)
    case 'snapshot':
      return afterSnapshot(update, answer, crypto)
    case 'stored-targets':
      return afterStoredTargets(update, phase.visit, answer, crypto)
    case 'targets':
      return afterTargets(update, phase.visit, answer, crypto)
    case 'end':
      throw new TypeError('the update has ended; start another one')
  }
}
