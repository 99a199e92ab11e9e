import { reasonOf } from '../errors.ts'
import { layout } from '../layout.ts'
import type { AgentPlatform, Files } from '../platform.ts'
import type { AgentState } from '../state.ts'

/**
 * Deletes what nothing refers to: old versions, abandoned staging, trash. Whatever a job or an installed component names
 * stays, so it may run at any time between acts. A disk that refuses must not keep the agent from its work, nor from telling
 * the hub: it is tried again after the next job and at the next start.
 */
export async function prune({ files, log }: Pick<AgentPlatform, 'files' | 'log'>, state: AgentState): Promise<void> {
  try {
    await removeUnused(files, state)
  } catch (error) {
    log.warn('what is no longer needed cannot be removed; it is tried again later', { reason: reasonOf(error) })
  }
}

async function removeUnused(files: Files, state: AgentState): Promise<void> {
  await files.remove(layout.trash)
  for (const service of await files.list(layout.staging)) {
    if (state.job(service) === null) await files.remove(layout.stagingOf(service))
  }
  for (const service of await files.list(layout.services)) await pruneVersions(files, state, service)
}

async function pruneVersions(files: Files, state: AgentState, service: string): Promise<void> {
  const used = new Set<string>()
  const installed = state.installedOf(service)
  if (installed) used.add(installed.directory)
  const kept = state.keptOf(service)
  if (kept) used.add(kept.directory)
  const job = state.job(service)
  if (job?.kind === 'install') {
    used.add(job.directory)
    if (job.previous !== null) used.add(job.previous)
  }
  for (const name of await files.list(layout.versions(service))) {
    const directory = name.endsWith('.json') ? name.slice(0, -5) : name
    if (!used.has(directory)) await files.remove(`${layout.versions(service)}/${name}`)
  }
  if (used.size === 0) await files.remove(layout.service(service))
}
