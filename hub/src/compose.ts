import { addressesOf } from './compose/addresses.ts'
import { startChores } from './compose/chores.ts'
import { createListeners, type Listening } from './compose/listeners.ts'
import { createModules } from './compose/modules.ts'
import type { Parts } from './compose/parts.ts'
import { createWebSide } from './compose/web.ts'
import type { Engine } from './engine/index.ts'
import { shippedTexts } from './patterns/index.ts'
import type { WebServer } from './platform/http/server.ts'
import { measureBackups } from './platform/last-backup.ts'
import { tellOfRestore } from './platform/restore-note.ts'

export interface Hub {
  readonly engine: Engine
  readonly web: WebServer
  /**
   * Starts in order of dependence; devices and people are let in last.
   * @throws CallerError `port-in-use`, `address-unusable`
   */
  start(): Promise<Started>
  /** Calls `listener` when the first operator’s account was made here. */
  onFirstOperator(listener: () => void): void
  /** Takes nothing new, ends what is under way, and leaves the rest in the database. */
  stop(): Promise<void>
}

export interface Started extends Listening {
  /** Certificates of the authority that signs the hub's own, PEM. */
  readonly authority: string
  /** By which the first operator makes an account, while there is none: it is known only now. */
  readonly setupLink: string | null
}

/** Puts the hub together; starts nothing. With what is in compose/ alone it names the modules and the protocols. */
export function compose(parts: Parts): Hub {
  const { config, database, doorbells, clock, log, metrics } = parts
  measureBackups(metrics, config.dataDirectory)
  const addresses = addressesOf(config)
  const modules = createModules(parts, addresses)
  const { engine, entities, registration, policy, consumers, participants } = modules
  const { web, devices, apps, close } = createWebSide(parts, modules, addresses)
  const { authority } = registration
  const { broker } = modules.devices
  const listeners = createListeners({ config, clock, log, authority, web, devices, apps, broker })
  let stopChores = (): void => {}
  const begin = async (): Promise<Started> => {
    await registration.start()
    await tellOfRestore({ dataDirectory: config.dataDirectory, database, doorbells })
    if (parts.alone) await entities.markAllUnreachable()
    for (const { model, text } of shippedTexts) await engine.publish(model, text)
    await engine.start()
    await participants.start()
    const listening = await listeners.start()
    addresses.listening(listening)
    await consumers.start()
    policy.start()
    stopChores = startChores(parts, modules, web)
    const setupLink = await registration.setupLink()
    return { ...listening, authority: authority.certificates(), setupLink }
  }
  const stop = async (): Promise<void> => {
    stopChores()
    // First the event streams: they would keep the web server open.
    engine.endStreams()
    await participants.stop()
    modules.mailer?.close()
    listeners.stop()
    await close(config.stopDeadline)
    await consumers.stop()
    await policy.stop()
    await modules.devices.close()
    await engine.stop()
    await registration.stop()
  }
  return {
    engine,
    web,
    onFirstOperator: registration.onFirstOperator,
    async start() {
      try {
        return await begin()
      } catch (error) {
        // What had begun must not go on without the parts that the caller stops now.
        await stop()
        throw error
      }
    },
    stop,
  }
}
