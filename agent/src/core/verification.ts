import { inPlace } from './capabilities.ts'
import { reasonOf } from './errors.ts'
import type { AgentPlatform } from './platform.ts'
import type { Configuration } from './requests/configuration.ts'
import type { AgentSettings } from './settings.ts'
import type { AgentState } from './state.ts'
import { waitFor } from './wait.ts'

/** Milliseconds that a timer can wait at most. */
const longest = 2 ** 31 - 1

export interface VerificationOptions {
  readonly platform: AgentPlatform
  readonly configuration: Configuration
  readonly state: AgentState
  /** Called when what is in place of some component is not what it was at the last look. */
  readonly onChanged: () => void
}

/**
 * Looks at all files in place now and then, slowly: a disk that rots and a person who edits are noticed, and the device's work is
 * not disturbed. The report that follows reads them once more, and says what is wrong.
 * @returns when stopped
 */
export async function stayVerified(options: VerificationOptions, stop: AbortSignal): Promise<void> {
  const { platform, configuration, state, onChanged } = options
  const { settings } = configuration
  const seen = new Map<string, string>()
  for (;;) {
    const { changed: set } = configuration
    await waitFor(platform.clock, settings.verifyEvery || longest, AbortSignal.any([stop, set]))
    if (stop.aborted) return
    if (set.aborted || settings.verifyEvery === 0) continue
    let changed = false
    for (const component of state.installed()) {
      const key = `${component.service}/${component.directory}`
      try {
        const { digest } = await inPlace(platform, component, slowly(platform, settings, stop))
        // A component that was replaced meanwhile is looked at next time.
        if (state.installedOf(component.service)?.directory !== component.directory) continue
        if (digest !== (seen.get(key) ?? component.manifest)) changed = true
        seen.set(key, digest)
      } catch (error) {
        if (stop.aborted) return
        platform.log.warn('files in place cannot be read', { service: component.service, reason: reasonOf(error) })
      }
    }
    forget(seen, state)
    if (changed) onChanged()
  }
}

function slowly(platform: AgentPlatform, { verifyRate }: AgentSettings, stop: AbortSignal) {
  let owed = 0
  return async (bytes: number): Promise<void> => {
    owed += (bytes * 1000) / verifyRate
    // Waits shorter than this are not worth a timer.
    if (owed < 10) return
    await waitFor(platform.clock, owed, stop)
    stop.throwIfAborted()
    owed = 0
  }
}

function forget(seen: Map<string, string>, state: AgentState): void {
  const known = new Set(state.installed().map(({ service, directory }) => `${service}/${directory}`))
  for (const key of seen.keys()) if (!known.has(key)) seen.delete(key)
}
