import type { Hono } from 'hono'
import { expect, onTestFinished } from 'vitest'
import { until } from '../../../../test/support/until.ts'
import type { ApiEnv } from '../../platform/http/api.ts'

export interface ReadEvent {
  readonly id: string
  readonly event: string
  readonly data: Record<string, unknown>
}

export interface ReadStream {
  readonly events: ReadEvent[]
  /** Comment lines. */
  readonly comments: string[]
  /** Where it began, as soon as it has said so. */
  readonly from: Promise<string>
  readonly ended: Promise<void>
  /** The reader goes away. */
  cut(): Promise<void>
  /** The first `count` events, as soon as they are there. */
  first(count: number): Promise<ReadEvent[]>
}

/** Follows a stream of server-sent events until the test ends. */
export async function readStream(app: Hono<ApiEnv>, path: string, lastEventId?: string): Promise<ReadStream> {
  const response = await app.request(
    path,
    lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } },
  )
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const events: ReadEvent[] = []
  const comments: string[] = []
  let text = ''
  let began: string | undefined
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += value
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) take(block)
    }
  }
  function take(block: string): void {
    const lines = block.split('\n')
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
    comments.push(...lines.filter((line) => line.startsWith(':')))
    const [id, data] = [field('id'), field('data')]
    if (id !== undefined && data === undefined) began = id
    if (data !== undefined)
      events.push({ id: id!, event: field('event')!, data: JSON.parse(data) as ReadEvent['data'] })
  }
  const ended = read().catch(() => {})
  onTestFinished(() => reader.cancel().catch(() => {}))
  return {
    events,
    comments,
    from: until(() => began),
    ended,
    cut: () => reader.cancel().then(() => ended),
    async first(count) {
      await until(() => events.length >= count, { what: `${count} events` })
      return events.slice(0, count)
    },
  }
}
