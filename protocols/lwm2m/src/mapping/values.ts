import type { Entry, Value } from '../wire/values.ts'

/** What was read of a device, by path. */
export class Values {
  readonly #values = new Map<string, Value>()

  put(entries: readonly Entry[]): void {
    for (const { path, value } of entries) this.#values.set(path, value)
  }

  has(path: string): boolean {
    return this.#values.has(path)
  }

  /** '' when absent or of another type. */
  text(path: string): string {
    const value = this.#values.get(path)
    return typeof value === 'string' ? value : ''
  }

  number(path: string): number | null {
    const value = this.#values.get(path)
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : typeof value === 'bigint'
        ? Number(value)
        : null
  }

  truth(path: string): boolean | null {
    const value = this.#values.get(path)
    return typeof value === 'boolean' ? value : null
  }

  /** Values of a resource that has several, or of a single one. */
  numbers(path: string): number[] {
    const paths = [...this.#values.keys()].filter((each) => each === path || each.startsWith(`${path}/`))
    return paths.flatMap((each) => this.number(each) ?? [])
  }

  /** Numbers of the instances of an object that something was read of. */
  instances(object: number): number[] {
    const start = `/${object}/`
    const found = [...this.#values.keys()]
      .filter((path) => path.startsWith(start))
      .map((path) => Number(path.split('/')[2]))
    return [...new Set(found)].sort((one, other) => one - other)
  }

  /** Forgets everything of an object, so that what is gone from the device is gone here. */
  forget(object: number): void {
    for (const path of this.#values.keys()) if (path.startsWith(`/${object}/`)) this.#values.delete(path)
  }
}
