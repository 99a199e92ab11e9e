import type { Answer } from '@sutler/trust/client'
import { AgentError } from '../errors.ts'
import { checkCoding } from '../install/content-coding.ts'
import { problemOf } from '../install/fetch.ts'
import { RateGuard } from '../install/rate-guard.ts'
import type { AgentPlatform, HttpAnswer } from '../platform.ts'
import type { AgentSettings } from '../settings.ts'

/** The way to the hub's signed metadata. */
export class Repository {
  private readonly platform: AgentPlatform
  private readonly settings: AgentSettings
  private readonly hub: string
  private readonly stop: AbortSignal

  /** @param hub base URL */
  constructor(platform: AgentPlatform, settings: AgentSettings, hub: string, stop: AbortSignal) {
    this.platform = platform
    this.settings = settings
    this.hub = hub
    this.stop = stop
  }

  /**
   * A file below /tuf/. One byte more than `mostBytes`, and it is cut.
   * @throws AgentError `network`, `too-slow`, `link-expired`: no answer, try later
   */
  async fetch(path: string, mostBytes: number): Promise<Answer> {
    const { platform, settings, hub, stop } = this
    const url = `${hub}/tuf/${path}`
    const answer = await platform.http.request({ method: 'GET', url, idle: settings.idle, stop })
    try {
      if (answer.status === 403 && (await problemOf(answer)).endsWith('link-expired'))
        throw new AgentError('link-expired', 'the link to the assignment has expired')
      if (answer.status === 404 || answer.status === 403) return { kind: 'absent' }
      if (answer.status !== 200) throw new AgentError('network', `${path}: answer ${answer.status}`)
      return await this.take(path, answer, mostBytes)
    } finally {
      answer.close()
    }
  }

  private async take(path: string, answer: HttpAnswer, mostBytes: number): Promise<Answer> {
    checkCoding(path, answer, null)
    const guard = new RateGuard(this.platform.clock, this.settings, path)
    const pieces: Uint8Array[] = []
    let length = 0
    for await (const piece of answer.body) {
      length += piece.length
      if (length > mostBytes) return { kind: 'too-long' }
      pieces.push(piece.slice())
      guard.arrived(piece.length)
    }
    const bytes = new Uint8Array(length)
    let at = 0
    for (const piece of pieces) {
      bytes.set(piece, at)
      at += piece.length
    }
    return { kind: 'bytes', bytes }
  }
}
