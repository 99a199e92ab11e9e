import type { Diagnostic } from '@sutler/patterns/language'

/** A document as far as its checks are concerned. */
interface Watched {
  timer: NodeJS.Timeout | null
  running: boolean
}

export interface LiveDiagnosticsOptions {
  /** The text as it is now and its version; null when the document is closed. */
  readonly current: (uri: string) => { readonly text: string; readonly version: number } | null
  /** Null: it could not be found out. */
  readonly check: (text: string) => Promise<readonly Diagnostic[] | null>
  readonly publish: (uri: string, version: number, diagnostics: readonly Diagnostic[]) => void
  /** Milliseconds without a change before a text is checked. */
  readonly quiet?: number
}

const usualQuiet = 150

/** Checks documents some time after they have changed: one run at a time for each, results of older texts dropped. */
export class LiveDiagnostics {
  readonly #options: LiveDiagnosticsOptions
  readonly #watched = new Map<string, Watched>()

  constructor(options: LiveDiagnosticsOptions) {
    this.#options = options
  }

  changed(uri: string): void {
    const watched = this.#watched.get(uri) ?? { timer: null, running: false }
    this.#watched.set(uri, watched)
    if (watched.timer !== null) clearTimeout(watched.timer)
    watched.timer = setTimeout(() => void this.#run(uri, watched), this.#options.quiet ?? usualQuiet)
  }

  closed(uri: string): void {
    const timer = this.#watched.get(uri)?.timer ?? null
    if (timer !== null) clearTimeout(timer)
    this.#watched.delete(uri)
  }

  async #run(uri: string, watched: Watched): Promise<void> {
    watched.timer = null
    // The run that is on notices that its text is old, and begins again.
    if (watched.running) return
    watched.running = true
    while (await this.#checked(uri, watched));
    watched.running = false
  }

  /** Checks the text as it is now; true when it has changed since and nothing else will check it. */
  async #checked(uri: string, watched: Watched): Promise<boolean> {
    const asked = this.#options.current(uri)
    if (asked === null) return false
    const diagnostics = await this.#options.check(asked.text)
    const now = this.#options.current(uri)
    if (now === null || this.#watched.get(uri) !== watched) return false
    if (now.version !== asked.version) return watched.timer === null
    if (diagnostics !== null) this.#options.publish(uri, asked.version, diagnostics)
    return false
  }
}
