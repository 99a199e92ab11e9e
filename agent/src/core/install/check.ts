import type { Manifest } from '@sutler/wire'
import { reasonOf } from '../errors.ts'
import { layout } from '../layout.ts'
import type { AgentPlatform } from '../platform.ts'

export interface Health {
  readonly ok: boolean
  readonly detail: string
}

/** Runs a component's health check in its directory; a component without one is healthy. Never throws, unless `stop` aborts. */
export async function checkHealth(platform: AgentPlatform, manifest: Manifest, stop: AbortSignal): Promise<Health> {
  if (manifest.health === null) return { ok: true, detail: '' }
  const { run, timeoutSeconds } = manifest.health
  try {
    const result = await platform.processes.run(run, layout.current(manifest.service), timeoutSeconds * 1000, stop)
    stop.throwIfAborted()
    if (result.timedOut) return { ok: false, detail: `no end within ${timeoutSeconds} s; ${result.output}`.trim() }
    if (result.status === 0) return { ok: true, detail: result.output }
    return { ok: false, detail: `${run[0]} ended with ${result.status ?? 'a signal'}; ${result.output}`.trim() }
  } catch (error) {
    stop.throwIfAborted()
    return { ok: false, detail: `${run[0]} cannot be run: ${reasonOf(error)}` }
  }
}
