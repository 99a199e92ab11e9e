import { fetchPackage, GivenUp, packageOf, type Stages } from './stages.ts'
import type { Value } from './content.ts'

/** How this client's firmware object departs from the book. */
export interface FirmwareWays {
  /** /5/0/9: 0 pull, 1 push, 2 both. */
  readonly delivery: 0 | 1 | 2
  /** /5/0/8 */
  readonly protocols: readonly number[]
  /** Never shows Downloaded: waits to be told to update in whatever state it was (a stub, as some examples are). */
  readonly skipsDownloaded?: boolean
}

/** Object 5: Firmware Update. */
export class Firmware {
  state = 0
  result = 0
  version: string
  installs = 0
  pretends = false
  readonly #ways: FirmwareWays
  readonly #stages: Stages
  readonly #changed: () => void
  readonly #reboot: () => Promise<void>
  #package: Buffer | null = null
  #parts: Buffer[] = []
  #work = new AbortController()

  constructor(version: string, ways: FirmwareWays, stages: Stages, changed: () => void, reboot: () => Promise<void>) {
    this.version = version
    this.#ways = ways
    this.#stages = stages
    this.#changed = changed
    this.#reboot = reboot
  }

  resources(): [string, Value][] {
    return [
      ['/5/0/3', this.state],
      ['/5/0/5', this.result],
      ['/5/0/6', ''],
      ['/5/0/7', ''],
      ...this.#ways.protocols.map((protocol, index): [string, Value] => [`/5/0/8/${index}`, protocol]),
      ['/5/0/9', this.#ways.delivery],
    ]
  }

  /** Power is gone, or the hub resets the state machine. */
  reset(): void {
    this.#work.abort()
    this.#work = new AbortController()
    this.#stages.giveUp()
    this.#parts = []
    this.#package = null
    this.state = 0
    this.result = 0
  }

  /** Resource 1. @returns the answer's code */
  link(url: string): number {
    if (url === '') {
      if (this.state === 3) return 0x85
      this.reset()
      this.#changed()
      return 0x44
    }
    if (this.#stages.failAt === 'accept' || this.#ways.delivery === 1) return 0x80
    if (this.state !== 0) return 0x85
    void this.#download(() => fetchPackage(url, this.#work.signal))
    return 0x44
  }

  /** Resource 0, block by block. */
  async block(part: Buffer, first: boolean, last: boolean): Promise<number> {
    if (this.#stages.failAt === 'accept' || this.#ways.delivery === 0) return 0x80
    if (first) {
      if (this.state === 2 || this.state === 3) return 0x85
      this.#parts = []
      this.state = 1
      this.#changed()
    }
    this.#parts.push(part)
    if (!last) return 0x5f
    void this.#download(async () => Buffer.concat(this.#parts))
    return 0x44
  }

  /** Resource 2. */
  update(): number {
    const ready = this.#ways.skipsDownloaded ? this.#package !== null : this.state === 2
    if (!ready) return 0x85
    void this.#install()
    return 0x44
  }

  async #download(get: () => Promise<Buffer | null>): Promise<void> {
    this.#set(1, 0)
    try {
      const well = await this.#stages.pass('downloading')
      const content = await get()
      if (!content) return this.#set(0, 7)
      if (!well) return this.#set(0, 4)
      if (!packageOf(content)) return this.#set(0, 6)
      this.#package = content
      if (this.#ways.skipsDownloaded) this.state = 1
      else this.#set(2, 0)
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error
    }
  }

  async #install(): Promise<void> {
    this.#set(3, 0)
    try {
      const found = packageOf(this.#package!)!
      if (!(await this.#stages.pass('installing'))) return this.#set(0, 8)
      this.installs++
      if (!this.pretends) this.version = found.version
      this.#package = null
      this.state = 0
      this.result = 1
      await this.#reboot()
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error
    }
  }

  #set(state: number, result: number): void {
    this.state = state
    this.result = result
    this.#changed()
  }
}
