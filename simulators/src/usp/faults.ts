/** Where an install of a simulated agent can be stopped. */
export type UspStage = 'downloading' | 'verifying' | 'installing' | 'restarting' | 'checking'

/** What a test has a simulated agent do wrong. */
export class UspFaults {
  fails: UspStage | 'accept' | null = null
  pretends = false
  stutters = false
  #holds: UspStage | null = null
  #release = (): void => {}
  held = false

  holdAt(stage: UspStage | null): void {
    this.#holds = stage
    if (stage === null) this.#release()
  }

  /** Resolves at once, or when the hold is lifted; @throws Error when it is made to fail here, or was cancelled */
  async at(stage: UspStage, signal: AbortSignal): Promise<void> {
    if (this.#holds === stage) {
      this.held = true
      await new Promise<void>((resolve) => {
        this.#release = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      this.held = false
    }
    signal.throwIfAborted()
    if (this.fails === stage) throw new Error(`made to fail while ${stage}`)
  }
}
