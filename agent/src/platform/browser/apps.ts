import { reasonOf } from '../../core/errors.ts'
import { layout } from '../../core/layout.ts'
import type { Log } from '../../core/platform.ts'
import type { AppsLink } from './apps-link.ts'
import type { BrowserFiles } from './files.ts'

/**
 * Keeps the apps on their origin what they are in the device's directory: a copy of each version in use, put there whole before it is
 * switched to. The device's own files remain what is verified and reported.
 */
export class Apps {
  private readonly files: BrowserFiles
  private readonly link: AppsLink
  private readonly log: Log
  private last: Promise<void> = Promise.resolve()
  private due = false

  constructor(files: BrowserFiles, link: AppsLink, log: Log) {
    this.files = files
    this.link = link
    this.log = log
  }

  /** Something in use may have changed. Resolves when the apps are what they are then. @throws AgentError `disk` */
  follow(): Promise<void> {
    if (!this.due) {
      this.due = true
      this.last = this.last
        // Told below, when it happened.
        .catch(() => undefined)
        .then(() => {
          this.due = false
          return this.copy()
        })
      // Whoever waits is told; a later change tries again.
      this.last.catch((error: unknown) => this.log.warn('the apps cannot be put in place', { reason: reasonOf(error) }))
    }
    return this.last
  }

  private async copy(): Promise<void> {
    const there = await this.link.inUse()
    const wanted = new Map<string, string>()
    for (const service of await this.files.list(layout.services)) {
      const target = await this.files.readLink(layout.current(service))
      if (target !== null) wanted.set(service, target.slice(target.lastIndexOf('/') + 1))
    }
    for (const [service, directory] of wanted) {
      if (there[service] === directory) continue
      await this.putAll(service, directory, layout.version(service, directory), '')
      await this.link.use(service, directory)
    }
    for (const service of Object.keys(there)) if (!wanted.has(service)) await this.link.drop(service)
  }

  private async putAll(service: string, directory: string, root: string, below: string): Promise<void> {
    for (const name of await this.files.list(`${root}${below}`)) {
      const path = `${below}/${name}`
      const file = await this.files.fileAt(`${root}${path}`)
      if (file === null) await this.putAll(service, directory, root, path)
      else await this.link.put(service, directory, path.slice(1), await file.arrayBuffer())
    }
  }
}
