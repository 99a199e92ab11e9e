import { describe, expect, it } from 'vitest'
import { noWish, versionWished, wishAfter } from './kept-wish.ts'

const pinned = { pinned: '1.0.0', channel: 'beta', wishedBy: 'itm-1' } as const
const person = { kind: 'person' } as const
const campaign = { kind: 'campaign' } as const

describe('what a household keeps to of a service', () => {
  it('is pinned by who names a version, and no longer by who asks for the newest', () => {
    const after = wishAfter(noWish, { action: 'add', version: '1.0.0' }, person, 'itm-1')
    expect(after).toEqual({ pinned: '1.0.0', channel: null, wishedBy: 'itm-1' })
    expect(wishAfter(after, { action: 'modify' }, person, 'itm-2')).toMatchObject({ pinned: null, wishedBy: 'itm-2' })
  })
  it('is neither pinned nor unpinned by policies and campaigns', () => {
    expect(wishAfter(noWish, { action: 'modify', version: '2.0.0' }, campaign, 'i')).toMatchObject({ pinned: null })
    expect(wishAfter(pinned, { action: 'modify', version: '2.0.0' }, campaign, 'i')).toMatchObject({ pinned: '2.0.0' })
    expect(wishAfter(pinned, { action: 'modify' }, { kind: 'policy' }, 'i')).toMatchObject({ pinned: '1.0.0' })
    expect(versionWished(pinned, { action: 'modify' }, campaign)).toBe('1.0.0')
    expect(versionWished(pinned, { action: 'modify' }, person)).toBeNull()
  })
  it('keeps its channel until another is named, or none', () => {
    expect(wishAfter(pinned, { action: 'modify' }, person, 'i')).toMatchObject({ channel: 'beta' })
    expect(wishAfter(pinned, { action: 'modify', channel: 'alpha' }, person, 'i')).toMatchObject({ channel: 'alpha' })
    expect(wishAfter(pinned, { action: 'modify', channel: null }, person, 'i')).toMatchObject({ channel: null })
  })
  it('is not changed by what installs nothing', () => {
    for (const action of ['suspend', 'resume', 'move', 'remove'] as const)
      expect(wishAfter(pinned, { action }, person, 'i')).toBe(pinned)
  })
})
