export const campaignStates = [
  'planning',
  'planned',
  'running',
  'waiting',
  'paused',
  'aborting',
  'rolling-back',
  'completed',
  'aborted',
  'rolled-back',
  'failed',
] as const

export const targetStates = [
  'planned',
  'skipped',
  'ordered',
  'done',
  'failed',
  'refused',
  'cancelled',
  'returning',
  'returned',
  'kept',
  'not-returned',
] as const
