/** Where an install can be made to stop or to fail. */
export type Stage = 'accept' | 'downloading' | 'verifying' | 'installing' | 'restarting' | 'checking'

/** Work was given up: the hub wants something else, or power is gone. */
export class GivenUp extends Error {}

/** The stages of an install, and what goes wrong in them. */
export class Stages {
  failAt: Stage | null = null
  holdAt: Stage | null = null
  #release: (() => void) | null = null
  #stop: ((error: GivenUp) => void) | null = null

  get held(): boolean {
    return this.#release !== null
  }

  hold(stage: Stage | null): void {
    this.holdAt = stage
    if (stage === null) this.#release?.()
  }

  /** Passes a stage: waits in it when it is held. @returns whether it went well. Throws GivenUp. */
  async pass(stage: Stage): Promise<boolean> {
    if (this.holdAt === stage)
      await new Promise<void>((resolve, reject) => {
        this.#release = resolve
        this.#stop = reject
      }).finally(() => {
        this.#release = null
        this.#stop = null
      })
    return this.failAt !== stage
  }

  /** Ends what is waiting. */
  giveUp(): void {
    this.#stop?.(new GivenUp())
  }
}

/** What stands in the first line of a simulated package: `name version`. */
export function packageOf(content: Buffer): { name: string; version: string } | null {
  const [, name, version] = /^(\S+) (\S+)\n/.exec(content.subarray(0, 256).toString('latin1')) ?? []
  return name !== undefined && version !== undefined ? { name, version } : null
}

/** Fetches a package. Null when the link leads nowhere. */
export async function fetchPackage(url: string, signal: AbortSignal): Promise<Buffer | null> {
  try {
    const response = await fetch(url, { signal })
    return response.ok ? Buffer.from(await response.arrayBuffer()) : null
  } catch {
    return null
  }
}
