import type { DeviceClass } from '@sutler/device-model'
import { AgentRefusal } from '../errors.ts'
import { inventoryOf, inventoryPaths, unitsOf } from '../mapping/inventory.ts'
import { featurePaths, featuresOf, reportOf, reportPaths } from '../mapping/report.ts'
import { missingSubscriptions, staleSubscriptions, subscriptionPaths } from '../mapping/subscriptions.ts'
import type { Conversation } from './conversation.ts'
import type { DeviceStore } from './store.ts'

/** Versions that the hub speaks. */
const versions = '1.0,1.1,1.2,1.3,1.4'

/** Asks an agent what it is. */
export class Survey {
  readonly #talk: Conversation
  readonly #store: DeviceStore
  readonly #class: DeviceClass
  #features: readonly string[] = []

  constructor(talk: Conversation, store: DeviceStore, deviceClass: DeviceClass) {
    this.#talk = talk
    this.#store = store
    this.#class = deviceClass
  }

  /** Of the newest report. */
  get features(): readonly string[] {
    return this.#features
  }

  /** What is asked of an agent that has just connected. */
  async greet(): Promise<void> {
    const agent = await this.#protocol()
    // Also where nothing is known yet: by what is remembered, an agent behind a broker is found again.
    await this.#store.memory()
    await this.#store.say({ id: `hello-${crypto.randomUUID()}`, kind: 'hello', agent, boot: '' })
    await this.report()
    await this.#subscribe()
  }

  /** Says what the device is, and what it runs. */
  async report(): Promise<void> {
    const features = await this.#ifSupported(() => this.#askFeatures(), [])
    this.#features = features
    const values = await this.#talk.get(reportPaths)
    const report = reportOf(values, this.#class, features)
    await this.#store.say({ id: `report-${crypto.randomUUID()}`, kind: 'capabilities', report })
  }

  /** Says what the device runs. */
  async inventory(): Promise<void> {
    const units = unitsOf(inventoryOf(await this.#talk.get(inventoryPaths)))
    await this.#store.say({ id: `inventory-${crypto.randomUUID()}`, kind: 'inventory', units })
  }

  async #askFeatures(): Promise<readonly string[]> {
    const value = { objPaths: featurePaths, firstLevelOnly: true, returnCommands: true }
    return featuresOf(await this.#talk.ask({ case: 'getSupportedDm', value }, 'getSupportedDmResp'))
  }

  async #protocol(): Promise<string> {
    const value = { controllerSupportedProtocolVersions: versions }
    const spoken = await this.#ifSupported(
      () => this.#talk.ask({ case: 'getSupportedProtocol', value }, 'getSupportedProtocolResp'),
      { agentSupportedProtocolVersions: '1.0' },
    )
    return `usp/${spoken.agentSupportedProtocolVersions.slice(0, 60)}`
  }

  async #subscribe(): Promise<void> {
    const there = await this.#talk.get(subscriptionPaths)
    const stale = staleSubscriptions(there)
    if (stale !== null) await this.#ifSupported(() => this.#talk.ask(stale, 'deleteResp'), null)
    const missing = missingSubscriptions(there)
    if (missing !== null) await this.#ifSupported(() => this.#talk.ask(missing, 'addResp'), null)
  }

  /** An agent need not know every message (7001) or path; one that says nothing is not there. */
  async #ifSupported<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof AgentRefusal && error.code !== null) return otherwise
      throw error
    }
  }
}
