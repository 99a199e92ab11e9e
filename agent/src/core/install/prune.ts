import { layout } from '../layout.ts'
import type { Files } from '../platform.ts'
import type { AgentState } from '../state.ts'

/**
 * Deletes what nothing refers to: old versions, abandoned staging, trash. Whatever a job or an installed component names
 * stays, so it may run at any time between acts.
 */
export async function prune(files: Files, state: AgentState): Promise<void> {
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
