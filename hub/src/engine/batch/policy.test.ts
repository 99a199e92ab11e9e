import { expect, it } from 'vitest'
import { backoff, policyOf } from './policy.ts'

it('semantics 4.3: a task is tried as its use in the model says, and by default where that is silent', () => {
  const use = { task: 'call', timeout: 'PT2M', retry: { attempts: 7, first: '250ms', factor: 3, max: '1m' } }
  expect(policyOf(use)).toEqual({ attempts: 7, first: 250, factor: 3, max: 60_000, timeout: 120_000 })
  expect(policyOf({ task: 'call' })).toEqual({ attempts: 5, first: 1_000, factor: 2, max: 60_000, timeout: 60_000 })
})

it('attempts are further and further apart, up to the longest wait', () => {
  const policy = policyOf({ task: 'call', retry: { attempts: 9, first: '1s', factor: 2, max: '5s' } })
  expect([1, 2, 3, 4, 50].map((attempt) => backoff(policy, attempt))).toEqual([1_000, 2_000, 4_000, 5_000, 5_000])
})
