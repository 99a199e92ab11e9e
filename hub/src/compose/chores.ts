import { repeat } from '../platform/repeat.ts'
import type { WebServer } from '../platform/http/server.ts'
import type { Milliseconds } from '../platform/clock.ts'
import type { Modules } from './modules.ts'
import type { Parts } from './parts.ts'

/** Begins what the hub does again and again by itself. @returns the way to stop it all */
export function startChores({ config, clock, log }: Parts, modules: Modules, web: WebServer): () => void {
  const { definitions, developers, entities, orders, partial, policy } = modules
  const patching = new AbortController()
  const again = (every: Milliseconds, what: string, work: () => Promise<unknown>) =>
    repeat({ clock, log, every, what, work })
  const stops = [
    definitions.keepFresh(),
    again(1_000, 'order households back', () => developers.orderBack()),
    again(10_000, 'add up what became of deliveries', () => orders.addUpCounts()),
    again(15_000, 'make patches', () => definitions.makePatches(patching.signal)),
    again(60_000, 'write down how the fleet stands', () => entities.samplePresence()),
    again(60_000, 'forget old answers', () => web.idempotency.sweep()),
    again(600_000, 'remove unneeded files', () => Promise.all([definitions.collectBlobs(), partial.sweep()])),
    again(3_600_000, 'forget old histories', async () => {
      await policy.forgetOld(config.historyRetention)
      await entities.forgetHistory()
      await developers.forgetOld(config.historyRetention)
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    patching.abort()
  }
}
