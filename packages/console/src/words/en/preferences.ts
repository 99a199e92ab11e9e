/** What can be preferred, and where what holds was said. */
export const preferences = {
  matters: {
    quietHours: 'Quiet hours',
    windows: 'Windows',
    metered: 'Metered links',
    autoUpdate: 'Automatic updates',
    consent: 'Needs consent',
    parental: 'Age limit',
    channels: 'Channels',
    urgent: 'Urgent orders',
    timeZone: 'Time zone',
  } as Readonly<Record<string, string>>,
} as const
