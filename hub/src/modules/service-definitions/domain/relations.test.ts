import { describe, expect, it } from 'vitest'
import type { Relation } from './definition.ts'
import { relationFindings } from './relations.ts'

const guide = (...relations: Relation[]) => ({ service: 'tv-guide', version: '1.1.0', relations })
const other = (service: string, version: string, ...relations: Relation[]) => ({ service, version, relations })

describe('relations between services of a household', () => {
  it('are satisfied by a version in range', () => {
    const requires: Relation = { kind: 'requires', service: 'channel-list', range: '^2.0.0' }
    expect(relationFindings([guide(requires), other('channel-list', '2.4.1')])).toEqual([])
  })

  it('name the service that is missing and what to order', () => {
    const requires: Relation = { kind: 'requires', service: 'channel-list', range: '^2.0.0' }
    expect(relationFindings([guide(requires)])).toEqual([
      {
        kind: 'requires',
        service: 'tv-guide',
        version: '1.1.0',
        relation: requires,
        detail:
          'tv-guide 1.1.0 requires channel-list ^2.0.0, which the household does not have: order channel-list as well',
      },
    ])
  })

  it('name the version that is there when it is the wrong one', () => {
    const requires: Relation = { kind: 'requires', service: 'channel-list', range: '^2.0.0' }
    expect(relationFindings([guide(requires), other('channel-list', '1.0.0')])[0]?.detail).toBe(
      'tv-guide 1.1.0 requires channel-list ^2.0.0, but the household has channel-list 1.0.0: update it first',
    )
  })

  it('report a conflict from whichever side declares it', () => {
    const conflicts: Relation = { kind: 'conflicts', service: 'tv-guide', range: '<2.0.0' }
    const findings = relationFindings([guide(), other('old-guide', '3.0.0', conflicts)])
    expect(findings.map((finding) => finding.detail)).toEqual([
      'old-guide 3.0.0 cannot run beside tv-guide 1.1.0 (it conflicts with <2.0.0): remove one of them',
    ])
    expect(relationFindings([other('tv-guide', '2.0.0'), other('old-guide', '3.0.0', conflicts)])).toEqual([])
  })

  it('of the other kinds never stand in the way', () => {
    for (const kind of ['replaces', 'recommends', 'extends'] as const) {
      expect(relationFindings([guide({ kind, service: 'radio', range: '*' })])).toEqual([])
    }
  })
})
