import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodePlatform } from '../platform/node/index.ts'
import { openJournal } from './journal.ts'
import type { Journal } from './journal.ts'

let root: string
let file: string
const warnings: string[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sutler-journal-'))
  file = join(root, 'journal')
  warnings.length = 0
})
afterEach(() => rmSync(root, { recursive: true }))

function open(): Promise<Journal> {
  const log = { info: () => undefined, warn: (message: string) => void warnings.push(message) }
  return openJournal({ ...nodePlatform(root, { jsonLog: false }), log })
}

describe('the journal', () => {
  it('gives back after a start what was committed, and forgets what was set to null', async () => {
    const first = await open()
    await first.commit({ a: 1, b: { c: 'ü' } })
    await first.commit({ a: null, d: [2] })
    await first.close()
    const second = await open()
    expect([second.get('a'), second.get('b'), second.get('d')]).toEqual([undefined, { c: 'ü' }, [2]])
    expect(second.keys('')).toEqual(['b', 'd'])
    await second.close()
  })

  it('cut anywhere in its last record is as if that commit had never been', async () => {
    const first = await open()
    await first.commit({ a: 'kept' })
    const whole = statSync(file).size
    await first.commit({ a: 'lost', b: 'lost too' })
    await first.close()
    const full = readFileSync(file)
    for (let size = full.length - 1; size >= whole; size--) {
      writeFileSync(file, full.subarray(0, size))
      const journal = await open()
      expect(journal.get('a')).toBe('kept')
      expect(journal.get('b')).toBeUndefined()
      await journal.commit({ next: size })
      await journal.close()
      const again = await open()
      expect(again.get('next')).toBe(size)
      await again.close()
    }
    expect(warnings).toEqual([])
  })

  it('with damage in its middle keeps what is before it, sets the rest aside and says so', async () => {
    const first = await open()
    await first.commit({ a: 1 })
    const whole = statSync(file).size
    await first.commit({ b: 2 })
    await first.commit({ c: 3 })
    await first.close()
    const bytes = readFileSync(file)
    bytes[whole + 20]! ^= 1
    writeFileSync(file, bytes)
    const second = await open()
    expect(warnings).toHaveLength(1)
    await second.commit({ d: 4 })
    await second.close()
    const third = await open()
    expect(third.keys('')).toEqual(['a', 'd'])
    expect(readFileSync(join(root, 'journal.damaged'))).toEqual(bytes)
    await third.close()
  })

  it('garbage after the last record is cut off', async () => {
    const first = await open()
    await first.commit({ a: 1 })
    await first.close()
    appendFileSync(file, Buffer.alloc(4096))
    const second = await open()
    await second.commit({ b: 2 })
    await second.close()
    const third = await open()
    expect(third.keys('')).toEqual(['a', 'b'])
    await third.close()
  })

  it('does not grow without bound', async () => {
    const journal = await open()
    const text = 'x'.repeat(20_000)
    for (let n = 0; n < 60; n++) await journal.commit({ text: `${text}${n}` })
    await journal.close()
    expect(statSync(file).size).toBeLessThan(400_000)
    const again = await open()
    expect(again.get('text')).toBe(`${text}59`)
    await again.close()
  })

  it('that is empty is a new one', async () => {
    writeFileSync(file, '')
    truncateSync(file, 0)
    const journal = await open()
    await journal.commit({ a: 1 })
    expect(journal.get('a')).toBe(1)
    await journal.close()
  })
})
