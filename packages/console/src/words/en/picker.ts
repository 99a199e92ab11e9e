export const picker = {
  hints: {
    household: 'Part of its name, the serial number of a device in it, or its id.',
    person: 'Part of the name or e-mail address.',
  },
  nothing: 'Nothing that you may see is called so.',
  has: (device: string, detail: string | null) => (detail === null ? `has ${device}` : `has ${device}, ${detail}`),
} as const
