import type { ProtocolHost, Unit } from '@sutler/device-model'
import { AgentRefusal } from '../errors.ts'
import { decideFirmware, decideRemoval, decideUnit, packageUrl, replacedBy } from '../mapping/commands.ts'
import { inventoryOf, inventoryPaths, type Inventory } from '../mapping/inventory.ts'
import { instancesOf } from '../mapping/values.ts'
import { answerOf, type CommandAnswer, type WorkOutput } from '../session/work.ts'
import type { Decision, Package } from '../mapping/commands.ts'
import type { Conversation } from './conversation.ts'

const requests = 'Device.LocalAgent.Request.'

/** What one device can be commanded, and what it is busy with. */
export class Commands {
  readonly #talk: Conversation
  readonly #host: ProtocolHost
  readonly #features: () => readonly string[]

  /** @param features of the agent's report */
  constructor(talk: Conversation, host: ProtocolHost, features: () => readonly string[]) {
    this.#talk = talk
    this.#host = host
    this.#features = features
  }

  can(feature: string): boolean {
    return this.#features().includes(feature)
  }

  async inventory(): Promise<Inventory> {
    return inventoryOf(await this.#talk.get(inventoryPaths))
  }

  /** Path of the request that the agent is at under this key; undefined when it is at none. */
  async underWay(commandKey: string): Promise<string | undefined> {
    const open = instancesOf(await this.#talk.get([requests]), requests)
    return open.find(({ get }) => get('CommandKey') === commandKey)?.path
  }

  /** What the device is to be commanded, given how its data model looks. */
  async decide({ output, link }: WorkOutput, uuid: string): Promise<Decision> {
    const inventory = await this.inventory()
    if (output.kind === 'remove') return decideRemoval(inventory, uuid, output.unit)
    const file = (await this.#host.manifest(output.manifest.digest))?.files[0]
    if (file === undefined || link === undefined)
      return { act: 'decline', reason: 'invalid-manifest', detail: 'The hub has no file for this component any more.' }
    const given: Package = { url: packageUrl(link, file.digest), size: file.size, digest: file.digest }
    return output.role === 'firmware'
      ? decideFirmware(inventory, output.reports, given, this.can('usp-activate'))
      : decideUnit(inventory, uuid, output.reports, given, this.can('usp-update'))
  }

  /** Asked for, not waited for: the next report says what became of it. */
  async takeAway(inventory: Inventory, uuid: string, unit: Unit): Promise<void> {
    for (const command of replacedBy(inventory, uuid, unit)) {
      try {
        await this.operate(command, `replaced.${uuid}`, new Map())
      } catch (error) {
        if (!(error instanceof AgentRefusal) || error.code === null) throw error
      }
    }
  }

  /** @throws AgentRefusal also when the command did not begin (`cmd_failure`) */
  async operate(command: string, commandKey: string, inputArgs: ReadonlyMap<string, string>): Promise<CommandAnswer> {
    const value = { command, commandKey, sendResp: true, inputArgs }
    return answerOf(await this.#talk.ask({ case: 'operate', value }, 'operateResp'))
  }
}
