/** What there is to read: everything behind what was read, up to a bound. */
export interface News {
  /** What was read by now, or passed over because nothing was there. */
  readonly read: number
  /** Entries the instance has had, or the transaction before which all have ended. */
  readonly known: number
}

/** One reader's wait for something new to read. */
export class Watch {
  /** Key of the instance, or name of the model, whose entries it waits for. */
  readonly of: number | string
  readonly #abort: AbortSignal
  /** As in `News`; null: the instance is gone. */
  #known: number | null | undefined
  #read = 0
  #waiting = false
  #ended = false
  #wake: () => void = () => {}

  constructor(of: number | string, abort: AbortSignal) {
    this.of = of
    this.#abort = abort
    abort.addEventListener('abort', () => this.#wake(), { once: true })
  }

  news(known: number | null): void {
    this.#known = known
    this.#wake()
  }

  /** There is nothing for it from `since` to `known`: who has read up to there need not look. */
  nothing(since: number, known: number): void {
    if (this.#waiting && this.#read >= since) this.#read = Math.max(this.#read, known)
    else this.news(known)
  }

  /** Nothing more comes. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** What is known, as soon as it is above `read`; null when there is nothing more to wait for. */
  async beyond(read: number): Promise<News | null> {
    this.#read = read
    this.#waiting = true
    try {
      for (;;) {
        if (this.#ended || this.#abort.aborted || this.#known === null) return null
        if (this.#known !== undefined && this.#known > this.#read) return { read: this.#read, known: this.#known }
        await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      this.#waiting = false
    }
  }
}
