import { Worker } from 'node:worker_threads'
import type { Diagnostic } from '@sutler/patterns/language'

export interface CheckQuestion {
  readonly text: string
  /** Names of the host's tasks; null when they are not known. */
  readonly tasks: readonly string[] | null
}

export interface CheckAnswer {
  readonly diagnostics: readonly Diagnostic[]
}

interface Asked {
  readonly question: CheckQuestion
  readonly resolve: (diagnostics: readonly Diagnostic[] | null) => void
}

/** Milliseconds that one check may take. */
const usuallyLongest = 20_000

/** Checks texts in a thread of its own, one after the other. A thread that does not answer in time is ended and started anew. */
export class Checker {
  #worker: Worker | null = null
  #deadline: NodeJS.Timeout | undefined
  /** The first is being checked. Callers ask once per document at a time: that bounds it. */
  readonly #asked: Asked[] = []
  readonly #longest: number

  constructor({ longest = usuallyLongest }: { readonly longest?: number } = {}) {
    this.#longest = longest
  }

  /** What is wrong with a text; null when that could not be found out in time. */
  check(text: string, tasks: readonly string[] | null): Promise<readonly Diagnostic[] | null> {
    return new Promise((resolve) => {
      this.#asked.push({ question: { text, tasks }, resolve })
      if (this.#asked.length === 1) this.#next()
    })
  }

  #next(): void {
    const first = this.#asked[0]
    if (first === undefined) return
    this.#worker ??= this.#start()
    this.#deadline = setTimeout(() => this.#giveUp('it took too long'), this.#longest)
    this.#worker.postMessage(first.question, [])
  }

  #start(): Worker {
    const worker = new Worker(new URL('check-worker.ts', import.meta.url))
    worker.on('message', ({ diagnostics }: CheckAnswer) => this.#answer(diagnostics))
    worker.on('error', (error) => this.#giveUp(error.message))
    // The server ends when its client does, whatever is being checked.
    worker.unref()
    return worker
  }

  #answer(diagnostics: readonly Diagnostic[] | null): void {
    clearTimeout(this.#deadline)
    this.#asked.shift()?.resolve(diagnostics)
    this.#next()
  }

  #giveUp(why: string): void {
    process.stderr.write(`a pattern could not be checked: ${why}\n`)
    void this.#worker?.terminate()
    this.#worker = null
    this.#answer(null)
  }
}
