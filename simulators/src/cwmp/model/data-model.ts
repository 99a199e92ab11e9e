export interface ModelParameter {
  value: string
  readonly type: string
  readonly writable: boolean
  notification: number
}

/** The parameters of a simulated device by their full names, in the order in which they were made. */
export class DataModel {
  readonly root: string
  readonly #parameters = new Map<string, ModelParameter>()
  /** Tables that AddObject and DeleteObject may change, with the parameters that a new row gets. */
  readonly #tables = new Map<string, Readonly<Record<string, string>>>()

  constructor(root: string) {
    this.root = root
  }

  /** `name` is relative to the root. A read-only parameter unless said otherwise. */
  put(name: string, value: string | number | boolean, writable = false): void {
    const type = typeof value === 'number' ? 'unsignedInt' : typeof value === 'boolean' ? 'boolean' : 'string'
    const text = typeof value === 'boolean' ? (value ? '1' : '0') : String(value)
    this.#parameters.set(this.root + name, { value: text, type, writable, notification: 0 })
  }

  table(name: string, row: Readonly<Record<string, string>>): void {
    this.#tables.set(this.root + name, row)
  }

  at(name: string): ModelParameter | undefined {
    return this.#parameters.get(name)
  }

  value(relative: string): string {
    return this.#parameters.get(this.root + relative)?.value ?? ''
  }

  /** The parameters below a path, or the one of that name; null when there is neither. */
  below(path: string): [string, ModelParameter][] | null {
    const exact = this.#parameters.get(path)
    if (exact) return [[path, exact]]
    if (path !== '' && !path.endsWith('.')) return null
    const found = [...this.#parameters].filter(([name]) => name.startsWith(path))
    return found.length > 0 || this.#tables.has(path) ? found : null
  }

  /** Paths and parameters one level below `path`. */
  level(path: string): string[] {
    const names = (this.below(path) ?? []).map(([name]) => {
      const dot = name.indexOf('.', path.length)
      return dot === -1 ? name : name.slice(0, dot + 1)
    })
    return [...new Set(names)]
  }

  /** @returns the new row's number; null when there is no such table */
  add(table: string): number | null {
    const row = this.#tables.get(table)
    if (!row) return null
    const taken = this.level(table).map((name) => Number(name.slice(table.length, -1)))
    const instance = Math.max(0, ...taken) + 1
    for (const [name, value] of Object.entries(row))
      this.put(`${table.slice(this.root.length)}${instance}.${name}`, value, true)
    return instance
  }

  /** @returns whether there was such a row */
  remove(path: string): boolean {
    const table = path.replace(/\d+\.$/, '')
    const found = this.below(path) ?? []
    if (!this.#tables.has(table) || found.length === 0) return false
    for (const [name] of found) this.#parameters.delete(name)
    return true
  }
}
