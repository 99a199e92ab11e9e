import { AgentError } from '../../core/errors.ts'

/** What stands at a path of the agent's directory. Content lies elsewhere, under a name of its own. */
export type Entry =
  | { readonly kind: 'file'; readonly mode: number; readonly content: string }
  | { readonly kind: 'directory' }
  | { readonly kind: 'link'; readonly target: string }

/** Path → what is there from now on; null = nothing. */
export type TreeChanges = Map<string, Entry | null>

/**
 * The tree of names that the browser's own file system cannot be: it has no links, no modes, and renames no directory. Each method
 * says which entries change; `apply` makes it so.
 */
export class Tree {
  private readonly entries: Map<string, Entry>

  constructor(entries: Map<string, Entry>) {
    this.entries = entries
  }

  /** Links on the way are followed, the last name is not. */
  at(path: string): Entry | null {
    return path === '' ? { kind: 'directory' } : (this.entries.get(this.real(path)) ?? null)
  }

  /** The path as it is kept: every link on the way to its last name replaced by where it leads. */
  real(path: string): string {
    let parent = ''
    const names = path.split('/')
    const last = names.pop()!
    for (const name of names) parent = this.followed(parent === '' ? name : `${parent}/${name}`, 8)
    return parent === '' ? last : `${parent}/${last}`
  }

  names(path: string): string[] {
    const prefix = path === '' ? '' : `${this.followed(this.real(path), 8)}/`
    const names: string[] = []
    for (const key of this.entries.keys())
      if (key.startsWith(prefix) && !key.includes('/', prefix.length)) names.push(key.slice(prefix.length))
    return names.toSorted()
  }

  /** Contents that something refers to. */
  contents(): Set<string> {
    return new Set([...this.entries.values()].flatMap((entry) => (entry.kind === 'file' ? [entry.content] : [])))
  }

  /** A new entry at a path where there is none, in a directory that there is. @throws AgentError `disk` */
  add(path: string, entry: Entry): TreeChanges {
    const real = this.real(path)
    if (this.entries.has(real)) throw new AgentError('disk', `${path} is there already`)
    this.checkParent(real)
    return new Map([[real, entry]])
  }

  replace(path: string, entry: Entry): TreeChanges {
    return new Map([[this.real(path), entry]])
  }

  /** With those above it. @throws AgentError `disk` where a file is in the way */
  directory(path: string): TreeChanges {
    const changes: TreeChanges = new Map()
    const names = this.real(path).split('/')
    for (let count = 1; count <= names.length; count++) {
      const each = names.slice(0, count).join('/')
      const there = this.entries.get(each)
      if (there === undefined) changes.set(each, { kind: 'directory' })
      else if (there.kind === 'file') throw new AgentError('disk', `${each} is no directory`)
    }
    return changes
  }

  /** @throws AgentError `disk` when there is nothing at `from`, or a directory with something in it at `to` */
  rename(from: string, to: string): TreeChanges {
    const [old, next] = [this.real(from), this.real(to)]
    if (!this.entries.has(old)) throw new AgentError('disk', `${from} is not there`)
    this.checkParent(next)
    if (this.names(to).length > 0 && this.entries.get(next)?.kind === 'directory')
      throw new AgentError('disk', `${to} is a directory that is not empty`)
    const changes: TreeChanges = new Map()
    for (const [key, entry] of this.below(old)) {
      changes.set(key, null)
      changes.set(next + key.slice(old.length), entry)
    }
    return changes
  }

  remove(path: string): TreeChanges {
    return new Map(this.below(this.real(path)).map(([key]) => [key, null]))
  }

  /** @returns contents that nothing refers to any more */
  apply(changes: TreeChanges): string[] {
    const lost: string[] = []
    const kept = new Set<string>()
    for (const [key, entry] of changes) {
      const before = this.entries.get(key)
      if (before?.kind === 'file') lost.push(before.content)
      if (entry === null) this.entries.delete(key)
      else this.entries.set(key, entry)
      if (entry?.kind === 'file') kept.add(entry.content)
    }
    return lost.filter((content) => !kept.has(content))
  }

  private below(root: string): [string, Entry][] {
    return [...this.entries].filter(([key]) => key === root || key.startsWith(`${root}/`))
  }

  private checkParent(real: string): void {
    const parent = real.slice(0, Math.max(0, real.lastIndexOf('/')))
    if (parent !== '' && this.entries.get(parent)?.kind !== 'directory')
      throw new AgentError('disk', `${parent} is no directory`)
  }

  /** @param most links in a row */
  private followed(path: string, most: number): string {
    const entry = this.entries.get(path)
    if (entry?.kind !== 'link' || most === 0) return path
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    return this.followed(parent === '' ? entry.target : `${parent}/${entry.target}`, most - 1)
  }
}
