import { fetchPackage, GivenUp, packageOf, type Stages } from './stages.ts'
import type { Value } from './content.ts'

interface Slot {
  state: number
  result: number
  active: boolean
  name: string
  version: string
  package: Buffer | null
  parts: Buffer[]
  work: AbortController
}

/** Object 9: Software Management, as many packages as the hub makes instances. */
export class SoftwareShelf {
  installs = 0
  pretends = false
  readonly slots = new Map<number, Slot>()
  readonly #stages: Stages
  readonly #changed: () => void

  constructor(stages: Stages, changed: () => void) {
    this.#stages = stages
    this.#changed = changed
    this.create()
  }

  resources(): [string, Value][] {
    return [...this.slots].flatMap(([instance, { name, version, state, result, active }]): [string, Value][] => [
      [`/9/${instance}/0`, name],
      [`/9/${instance}/1`, version],
      [`/9/${instance}/7`, state],
      [`/9/${instance}/9`, result],
      [`/9/${instance}/12`, active],
    ])
  }

  runs(): { name: string; version: string }[] {
    return [...this.slots.values()].filter(({ active }) => active).map(({ name, version }) => ({ name, version }))
  }

  alter(units: readonly { name: string; version: string }[]): void {
    this.slots.clear()
    this.create()
    for (const { name, version } of units)
      Object.assign(this.slots.get(this.create())!, { name, version, active: true, state: 4, result: 2 })
  }

  create(): number {
    const instance = this.slots.size === 0 ? 0 : Math.max(...this.slots.keys()) + 1
    const empty = { state: 0, result: 0, active: false, name: '', version: '', package: null, parts: [] }
    this.slots.set(instance, { ...empty, work: new AbortController() })
    return instance
  }

  /** Power is gone: what was on its way is lost, what is installed stays. */
  lose(): void {
    for (const slot of this.slots.values()) this.#clear(slot, slot.name !== '' && slot.state === 4 ? 4 : 0)
    this.#stages.giveUp()
  }

  /** Resource 3. @returns the answer's code */
  link(instance: number, url: string): number {
    const slot = this.slots.get(instance)
    if (!slot) return 0x84
    if (this.#stages.failAt === 'accept') return 0x80
    if (slot.state !== 0) return 0x85
    void this.#deliver(slot, () => fetchPackage(url, slot.work.signal))
    return 0x44
  }

  /** Resource 2, block by block; a push shows no Download Started. */
  block(instance: number, part: Buffer, first: boolean, last: boolean): number {
    const slot = this.slots.get(instance)
    if (!slot) return 0x84
    if (this.#stages.failAt === 'accept') return 0x80
    if (first) slot.parts = []
    slot.parts.push(part)
    if (!last) return 0x5f
    void this.#deliver(slot, async () => Buffer.concat(slot.parts))
    return 0x44
  }

  execute(instance: number, resource: number, argument: string): number {
    const slot = this.slots.get(instance)
    if (!slot) return 0x84
    if (resource === 4) {
      if (slot.state !== 3) return 0x85
      void this.#install(slot)
    } else if (resource === 6) this.#uninstall(slot, argument)
    else if (resource === 10) void this.#activate(slot)
    else if (resource === 11) slot.active = false
    else return 0x85
    return 0x44
  }

  async #deliver(slot: Slot, get: () => Promise<Buffer | null>): Promise<void> {
    this.#set(slot, 1, 1)
    try {
      const well = await this.#stages.pass('downloading')
      const content = await get()
      if (slot.work.signal.aborted) return
      if (!content) return this.#set(slot, 0, 56)
      if (!well) return this.#set(slot, 0, 52)
      this.#set(slot, 2, 1)
      if (!(await this.#stages.pass('verifying'))) return this.#set(slot, 0, 53)
      if (!packageOf(content)) return this.#set(slot, 0, 54)
      slot.package = content
      this.#set(slot, 3, 3)
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error
    }
  }

  async #install(slot: Slot): Promise<void> {
    try {
      if (!(await this.#stages.pass('installing'))) return this.#set(slot, 3, 58)
      this.installs++
      const before = { name: slot.name, version: slot.version, active: slot.active }
      const found = packageOf(slot.package!)!
      if (!this.pretends) Object.assign(slot, found, { active: false })
      if (this.#stages.failAt === 'checking') this.#beforeChecking = before
      this.#set(slot, 4, 2)
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error
    }
  }

  #beforeChecking: Pick<Slot, 'name' | 'version' | 'active'> | null = null

  /** Resource 10. A version that does not start gives way to the one before. */
  async #activate(slot: Slot): Promise<void> {
    try {
      if (await this.#stages.pass('checking')) slot.active = true
      else Object.assign(slot, this.#beforeChecking, { state: 3, result: 58 })
      this.#changed()
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error
    }
  }

  /** `1`: another version follows, and what is installed goes on running until then. */
  #uninstall(slot: Slot, argument: string): void {
    const half = slot.state !== 4
    this.#stages.giveUp()
    this.#clear(slot, 0)
    if (!half && argument !== '1') Object.assign(slot, { name: '', version: '', active: false })
    this.#changed()
  }

  #clear(slot: Slot, state: number): void {
    slot.work.abort()
    Object.assign(slot, { work: new AbortController(), package: null, parts: [], state, result: state === 4 ? 2 : 0 })
  }

  #set(slot: Slot, state: number, result: number): void {
    Object.assign(slot, { state, result })
    this.#changed()
  }
}
