import type { Access, Principal } from '../../../../platform/access.ts'
import { actOnInstallation } from '../../../../platform/acting.ts'
import type { Tx } from '../../../../platform/database.ts'
import { assignmentOf, type AssignmentDeps } from './assignments.ts'
import { freshen } from './freshen.ts'
import { OnlineRoles } from './online.ts'
import { servedFile } from './served-file.ts'
import { SignedVersions } from './signed-versions.ts'
import { trustStatus, type TrustStatus } from './status.ts'
import type { TrustFile } from './storage.ts'
import { takeDeveloperTargets } from './take-developer.ts'
import { takeMetadata, type OfflineMetadata } from './take-metadata.ts'
import type { OnlineKey, OnlineRole } from '../../../../signer/requests.ts'

/** All use cases about signed metadata. */
export interface Trust {
  readonly signed: SignedVersions
  status(principal: Principal): Promise<TrustStatus>
  /** The newest file of a role, for those who sign the next one. */
  newest(principal: Principal, role: string): Promise<TrustFile | null>
  take(tx: Tx, given: OfflineMetadata): Promise<readonly TrustFile[]>
  takeDeveloper(tx: Tx, developer: string, bytes: Uint8Array): Promise<TrustFile>
  newKey(principal: Principal, role: OnlineRole): Promise<OnlineKey>
  assignment(device: string): Promise<Uint8Array>
  /** As clients know it: `3.root.json`, `timestamp.json`. */
  served(name: string): Promise<TrustFile | null>
  /** The root that new devices get; null before there is one. */
  root(): Promise<Uint8Array | null>
  freshen(): Promise<void>
  /** When the files in force end, seconds since the Unix epoch, by role. */
  ends(): Promise<readonly { readonly role: string; readonly expires: number }[]>
}

export function trustUseCases(given: Omit<AssignmentDeps, 'online'> & { readonly access: Access }): Trust {
  const deps = { ...given, online: new OnlineRoles(given.signer) }
  const { trust, access } = deps
  return {
    signed: new SignedVersions(trust, deps.clock),
    async status(principal) {
      access.authorise(principal, 'trust.read')
      return trustStatus(deps)
    },
    async newest(principal, role) {
      access.authorise(principal, 'trust.read')
      return trust.newest(null, role)
    },
    take: (tx, metadata) => takeMetadata(deps, tx, metadata),
    takeDeveloper: (tx, developer, bytes) => takeDeveloperTargets(deps, tx, developer, bytes),
    async newKey(principal, role) {
      access.authorise(principal, 'trust.write')
      await access.recorded()
      const key = await deps.signer.newKey(role)
      await actOnInstallation(() => trust.addOnlineKeys([key], new Date(deps.clock.now())))
      return key
    },
    assignment: (device) => assignmentOf(deps, device),
    served: (name) => servedFile(trust, name),
    root: async () => (await trust.newest(null, 'root'))?.bytes ?? null,
    freshen: () => freshen(deps),
    ends: () => trust.summaries(null),
  }
}
