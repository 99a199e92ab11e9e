import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { actAsHub } from '../../../../platform/acting.ts'
import { InvariantError } from '../../../../platform/errors.ts'
import { repeat } from '../../../../platform/repeat.ts'
import { hasGrown, headText, signCut, signHead, type SignedHead } from '../../domain/audit-head.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { HeadQuery } from '../storage.ts'

const signEvery = 60_000
const cutEvery = 3_600_000
const purpose = 'audit heads'

interface Key {
  readonly private: KeyObject
  /** Raw Ed25519 key, 32 bytes, base64url. */
  readonly public: string
}

/** Signs the ends of all chains, so that what is in the audit can neither be altered nor removed afterwards without being found. */
export function auditHeads(deps: RegistrationDependencies) {
  const { clock, database, log, storage, auditRetention } = deps
  const store = storage.audit
  let key: Key | null = null
  const stops: (() => void)[] = []
  const current = (): Key => {
    if (!key) throw new InvariantError('the audit is used before registration was started')
    return key
  }

  /** The newest head; a new one when the audit has grown since the last. Of several hubs one signs at a time. */
  const sign = (): Promise<SignedHead | null> =>
    actAsHub(() =>
      database.transaction(async ({ sql }) => {
        const last = await store.lockLastHead(sql)
        const ends = await store.ends(sql)
        if (!hasGrown(last, ends)) return last ?? null
        const number = (last?.number ?? 0) + 1
        const head = headText(number, clock.now(), last, ends)
        const made = { number, head, signature: signHead(current().private, head), cut: null }
        await store.addHead(sql, made)
        return made
      }),
    )

  /** Removes rows that are older than they are to be kept, up to a head; it is signed as the new beginning. */
  const cut = async (): Promise<void> => {
    await database.transaction(async ({ sql }) => {
      const head = await store.lastHeadBefore(sql, new Date(clock.now() - auditRetention))
      if (head === null || head.cut !== null) return
      await store.cut(sql, head.number, signCut(current().private, head.head))
      log.info({ head: head.number }, 'rows of the audit that need not be kept any longer were removed')
    })
  }

  return {
    async start(): Promise<void> {
      key = await settledKey(deps)
      stops.push(repeat({ clock, log, every: signEvery, what: 'sign the audit', work: sign }))
      stops.push(repeat({ clock, log, every: cutEvery, what: 'remove old rows of the audit', work: cut }))
    },
    stop(): void {
      for (const stop of stops.splice(0)) stop()
    },
    sign,
    cut,
    publicKey: (): string => current().public,
    page: (query: HeadQuery): Promise<SignedHead[]> => store.heads(database.sql, query),
  }
}

async function settledKey({ database, sealing, storage }: RegistrationDependencies): Promise<Key> {
  const pair = generateKeyPairSync('ed25519')
  const sealed = sealing.seal(purpose, pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
  const stored = await storage.audit.settleKey(database.sql, { publicKey: rawOf(pair.publicKey), sealed })
  const opened = createPrivateKey({ key: sealing.open(purpose, stored.sealed), format: 'der', type: 'pkcs8' })
  return { private: opened, public: rawOf(createPublicKey(opened)) }
}

/** The last 32 bytes of the key's DER form (RFC 8410). */
function rawOf(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url')
}
