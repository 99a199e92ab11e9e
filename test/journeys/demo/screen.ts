import type { StreamedEvent } from '@sutler/client'

/** Where one device stands, for people. */
interface Line {
  readonly name: string
  state: string
  stage: string
  done: number
  total: number
  detail: string
}

const width = 28

/**
 * One line per device that changes in place on a terminal; elsewhere (a pipe, CI) a line per change of state.
 */
export class Screen {
  readonly #live = process.stdout.isTTY === true
  readonly #lines = new Map<string, Line>()
  #drawn = 0

  /** A sentence above the device lines. */
  say(text: string): void {
    this.#erase()
    process.stdout.write(`${text}\n`)
    this.#draw()
  }

  /** Shows lines for these devices from now on; what stood there before stays above. */
  follow(devices: ReadonlyMap<string, string>): void {
    this.settle()
    for (const [device, name] of devices)
      this.#lines.set(device, { name, state: 'waiting', stage: '', done: 0, total: 0, detail: '' })
    this.#draw()
  }

  /** Leaves the lines as they are and forgets them. */
  settle(): void {
    this.#lines.clear()
    this.#drawn = 0
  }

  /** Takes an event of the hub's stream. */
  show(event: StreamedEvent): void {
    const line = this.#lines.get(String(event.data['device']))
    if (line === undefined) return
    const before = `${line.state} ${line.stage}`
    Object.assign(line, {
      state: String(event.data['state']),
      stage: String(event.data['stage'] ?? ''),
      done: Number(event.data['done'] ?? 0),
      total: Number(event.data['total'] ?? 0),
      detail: String(event.data['detail'] ?? ''),
    })
    if (line.state === 'confirmed') Object.assign(line, { stage: '', done: 1, total: 1, detail: proofText(event) })
    if (this.#live) {
      this.#erase()
      this.#draw()
    } else if (before !== `${line.state} ${line.stage}`) process.stdout.write(`  ${render(line)}\n`)
  }

  #erase(): void {
    if (this.#live && this.#drawn > 0) process.stdout.write(`\u001B[${this.#drawn}A\u001B[0J`)
    this.#drawn = 0
  }

  #draw(): void {
    if (!this.#live) return
    for (const line of this.#lines.values()) process.stdout.write(`  ${render(line)}\n`)
    this.#drawn = this.#lines.size
  }
}

function proofText(event: StreamedEvent): string {
  return `digests of ${String(event.data['files'])} files in place reported, health check passed`
}

function render(line: Line): string {
  const share = line.total > 0 ? Math.min(1, line.done / line.total) : 0
  const filled = Math.round(share * width)
  const bar = `[${'█'.repeat(filled)}${'·'.repeat(width - filled)}]`
  const working = line.stage !== '' && (line.state === 'accepted' || line.state === 'pending')
  const what = working ? line.stage : line.state
  return `${line.name.padEnd(12)} ${bar} ${`${Math.round(share * 100)} %`.padStart(5)}  ${what.padEnd(12)} ${note(line)}`.trimEnd()
}

function note({ stage, done, total, detail }: Line): string {
  if (stage !== '') return stage === 'downloading' ? `${mega(done)} of ${mega(total)} MB` : ''
  return detail
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
