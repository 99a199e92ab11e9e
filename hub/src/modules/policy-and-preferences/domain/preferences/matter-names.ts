/** What preferences speak of. */
export const matters = [
  'quietHours',
  'windows',
  'metered',
  'autoUpdate',
  'consent',
  'parental',
  'channels',
  'urgent',
  'timeZone',
] as const
export type Matter = (typeof matters)[number]
