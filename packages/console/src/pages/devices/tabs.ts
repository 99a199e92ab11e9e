export const deviceTabs = [
  'now',
  'capabilities',
  'deliveries',
  'history',
  'notes',
  'log',
  'identities',
  'queue',
] as const
