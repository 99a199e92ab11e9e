import { describe, expect, test } from 'vitest'
import { ConnectionLimits } from './connection-limits.ts'

const limits = () => new ConnectionLimits({ total: 6, perAddress: 2, perLoopback: 4, pending: 3 })

describe('connections', () => {
  test('from one address are capped, others unharmed', () => {
    const all = limits()
    const first = all.admit('192.0.2.1')
    first?.authenticated()
    all.admit('192.0.2.1')?.authenticated()
    expect(all.admit('192.0.2.1')).toBeNull()
    expect(all.admit('192.0.2.2')).not.toBeNull()
    first?.ended()
    expect(all.admit('192.0.2.1')).not.toBeNull()
  })

  test('that never authenticate cannot take all the room', () => {
    const all = limits()
    const idle = ['a', 'b', 'c'].map((address) => all.admit(address))
    expect(all.admit('d')).toBeNull()
    idle[0]?.ended()
    expect(all.admit('d')).not.toBeNull()
  })

  test('from loopback may be more, and all together are capped', () => {
    const all = limits()
    for (let i = 0; i < 4; i++) all.admit('::ffff:127.0.0.1')?.authenticated()
    expect(all.admit('::ffff:127.0.0.1')).toBeNull()
    all.admit('a')?.authenticated()
    all.admit('b')?.authenticated()
    expect(all.admit('c')).toBeNull()
  })
})
