import type { SimulationLine } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { simulationText } from './simulation-text.ts'

const line: SimulationLine = {
  signal: 'start',
  outcome: 'fired',
  fired: ['offer'],
  states: ['offered', 'paid'],
  args: {},
  data: { attempts: 1, device: 'stb1' },
  shared: {},
  tasks: [{ task: 'device.offer', args: { device: 'stb1' } }],
  emitted: [
    { signal: 'late', to: 'self', args: {}, due: '2026-01-01T00:15:00Z' },
    { signal: 'go', to: 'child:disk', args: { n: 1 } },
  ],
  calls: [{ url: 'model:disk/1', as: 'disk', wait: true }],
  done: false,
}

describe('a step of a simulation, for people', () => {
  it('shows what fired, the states, and everything that happened', () => {
    expect(simulationText(line, 1, { ...line, data: { attempts: 0, device: 'stb1' } })).toBe(
      [
        '   1  start           fired: offer                  offered paid',
        '      data    attempts=1',
        '      task    device.offer {"device":"stb1"}',
        '      timer   late at 2026-01-01T00:15:00Z',
        '      signal  go {"n":1} to child:disk',
        '      call    model:disk/1 as disk, and waits for it',
      ].join('\n'),
    )
  })

  it('shows why nothing fired, and that the instance is done', () => {
    const nothing = { fired: [], tasks: [], emitted: [], calls: [] }
    const rejected = {
      ...line,
      ...nothing,
      outcome: 'rejected',
      reason: 'bad-arguments',
      detail: 'n: missing',
    } as const
    expect(simulationText(rejected, 12, line)).toBe(
      '  12  start           rejected: bad-arguments: n: missing  offered paid',
    )
    const ended = { ...line, ...nothing, outcome: 'ignored', states: ['over'], done: true } as const
    expect(simulationText(ended, 2, line)).toBe('   2  start           ignored                       over (done)')
  })

  it('lets no name steer the terminal', () => {
    const hostile = { ...line, signal: 'a\u001b[2J\u202e', data: { text: '\u009b31m' } }
    expect(simulationText(hostile, 1, line)).toMatch(/^   1  a�\[2J�/)
    expect(simulationText(hostile, 1, line)).toContain('text="�31m"')
  })
})
