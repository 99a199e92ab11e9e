import { AgentError } from '../errors.ts'
import type { Files } from '../platform.ts'
import { TrustStore } from './store.ts'

/** The file of the store that an update starts from; see packages/trust. */
const rootFile = 'root.json'
const mostBytes = 512_000

/**
 * Puts the root that the device came with into its store, unless a root is there already: that one is as new or newer.
 * @param root signed root metadata, JSON; null = none is known
 * @throws AgentError `disk`
 */
export async function plantRoot(files: Files, root: string | null): Promise<void> {
  const store = new TrustStore(files)
  if ((await store.read(rootFile, mostBytes)).kind !== 'absent' || root === null) return
  const bytes = new TextEncoder().encode(root)
  if (bytes.length > mostBytes) throw new AgentError('bad-argument', `the root of trust has ${bytes.length} bytes`)
  await store.persist(rootFile, bytes)
}
