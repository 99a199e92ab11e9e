import type { XmlPlace } from '../xml/read.ts'
import type { Losses } from './losses.ts'

const longest = 60

/** Names of a model for names of SCXML, which may hold dots and other letters; no two become one. */
export class Names {
  readonly #what: string
  readonly #joint: '-' | '_'
  readonly #losses: Losses
  readonly #known = new Map<string, string>()
  readonly #taken = new Set<string>()

  /** `joint` stands for what a name may not hold; a hyphen cannot stand in names that expressions use. */
  constructor(what: string, losses: Losses, joint: '-' | '_' = '-') {
    this.#what = what
    this.#joint = joint
    this.#losses = losses
  }

  of(name: string, place: XmlPlace): string {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const illegal = this.#joint === '-' ? /[^A-Za-z0-9_-]/g : /[^A-Za-z0-9_]/g
    const legal = name.replace(illegal, this.#joint).replace(/^(?![A-Za-z])/, 'x')
    const given = this.unused(legal.slice(0, longest))
    this.#known.set(name, given)
    if (given !== name) this.#losses.add('renamed', place, `${this.#what} ${name} is called ${given}`)
    return given
  }

  /** The name, or with a number behind it if it is taken. */
  unused(wanted: string): string {
    let name = wanted
    for (let count = 2; this.#taken.has(name); count += 1) name = `${wanted}-${count}`
    this.#taken.add(name)
    return name
  }
}
