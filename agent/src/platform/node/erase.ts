import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AgentError } from '../../core/errors.ts'
import { layout } from '../../core/layout.ts'
import { syncDirectory } from './files.ts'
import { lockDirectory } from './lock.ts'

/**
 * Removes all that an agent keeps in its directory, the identity first: cut off in between, the device is nobody already, and
 * the next time goes on. @returns false when there was nothing
 * @throws AgentError `directory-in-use` while an agent works there, `disk`, `bad-argument` when it is no agent's directory
 */
export async function eraseDirectory(root: string): Promise<boolean> {
  const names = existsSync(root) ? readdirSync(root) : []
  if (names.length === 0) return false
  const known = new Set<string>([layout.identity, ...agentsOwn])
  const foreign = names.find((name) => !known.has(name.split('.')[0]!))
  if (foreign !== undefined)
    throw new AgentError('bad-argument', `${root} is no agent's directory: it has ${foreign}; nothing was removed`)
  const lock = await lockDirectory(root)
  try {
    for (const name of [layout.identity, ...names]) remove(root, name)
    return true
  } finally {
    await lock.release()
  }
}

/** What an agent makes in its directory beside its identity. */
const agentsOwn = ['journal', 'log', 'services', 'staging', 'trash', 'trust', 'lock']

function remove(root: string, name: string): void {
  try {
    rmSync(join(root, name), { recursive: true, force: true })
    syncDirectory(root)
  } catch (error) {
    throw new AgentError('disk', `${name} in ${root} cannot be removed: remove it by hand`, error)
  }
}
