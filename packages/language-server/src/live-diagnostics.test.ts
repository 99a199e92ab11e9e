import type { Diagnostic } from '@sutler/patterns/language'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveDiagnostics } from './live-diagnostics.ts'

const uri = 'file:///a.pattern'
let documents: Map<string, { text: string; version: number }>
/** Texts that are being checked, with what ends their check. */
let running: { text: string; end: (diagnostics: readonly Diagnostic[] | null) => void }[]
let published: number[]
let live: LiveDiagnostics

beforeEach(() => {
  vi.useFakeTimers()
  documents = new Map()
  running = []
  published = []
  live = new LiveDiagnostics({
    current: (of) => documents.get(of) ?? null,
    check: (text) => new Promise((end) => running.push({ text, end })),
    publish: (_, version) => published.push(version),
    quiet: 100,
  })
})

afterEach(() => vi.useRealTimers())

async function write(version: number): Promise<void> {
  documents.set(uri, { text: `text ${version}`, version })
  live.changed(uri)
  await vi.advanceTimersByTimeAsync(0)
}

const texts = (): string[] => running.map(({ text }) => text)

async function end(diagnostics: readonly Diagnostic[] | null = []): Promise<void> {
  running.shift()?.end(diagnostics)
  await vi.advanceTimersByTimeAsync(0)
}

describe('live diagnostics', () => {
  it('waits until nothing has changed for a while', async () => {
    for (const version of [1, 2, 3]) {
      await write(version)
      await vi.advanceTimersByTimeAsync(99)
    }
    expect(texts()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(texts()).toEqual(['text 3'])
    await end()
    expect(published).toEqual([3])
  })

  it('checks one text of a document at a time, and drops what was found in one that is old', async () => {
    await write(1)
    await vi.advanceTimersByTimeAsync(100)
    await write(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(texts()).toEqual(['text 1'])
    await end()
    expect(published).toEqual([])
    expect(texts()).toEqual(['text 2'])
    await end()
    expect(published).toEqual([2])
    expect(texts()).toEqual([])
  })

  it('leaves the next check to the change that is still waited for', async () => {
    await write(1)
    await vi.advanceTimersByTimeAsync(100)
    await write(2)
    await end()
    expect(texts()).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(texts()).toEqual(['text 2'])
  })

  it('publishes nothing of a document that was closed meanwhile, or of a check that could not be ended', async () => {
    await write(1)
    await vi.advanceTimersByTimeAsync(100)
    live.closed(uri)
    documents.delete(uri)
    await end()
    await write(1)
    await vi.advanceTimersByTimeAsync(100)
    await end(null)
    expect(published).toEqual([])
  })
})
