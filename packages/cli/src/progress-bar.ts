import { byteText } from './terminal.ts'

const width = 28

/** One line on standard error that changes in place on a terminal; elsewhere nothing. */
export class ProgressBar {
  readonly #stream: NodeJS.WriteStream
  #shown = false

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream
  }

  /** @param done and `total` in bytes @param what beside it, for example `12 of 40 files` */
  show(done: number, total: number, what: string): void {
    if (!this.#stream.isTTY) return
    this.#stream.write(`\r\u001B[2K${barText(done, total, what)}`)
    this.#shown = true
  }

  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001B[2K')
    this.#shown = false
  }
}

export function barText(done: number, total: number, what: string): string {
  const share = total === 0 ? 1 : Math.min(1, done / total)
  const filled = Math.round(share * width)
  const bar = `[${'█'.repeat(filled)}${'·'.repeat(width - filled)}]`
  return `${bar} ${`${Math.floor(share * 100)} %`.padStart(5)}  ${byteText(done)} of ${byteText(total)}  ${what}`
}
