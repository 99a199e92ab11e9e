import type { DeviceView } from '../platform/browser/view.ts'

/** Every word of the page, in one place. */

export const words = {
  title: 'This browser is a device',
  states: {
    elsewhere: 'Another tab of this browser is the device. Close it, and this one takes over.',
    new: 'Not enrolled yet',
    enrolling: 'Starting…',
    ended: 'Stopped',
    connected: 'Connected',
    away: 'Not connected: it tries again by itself',
  },
  enrol: {
    title: 'Enrol this device',
    intro: 'A claim puts this browser into a household. Its key is made here, and cannot be taken out of the browser.',
    claim: 'Claim',
    claimHint: 'As “sutler claim create --household …” prints it: clm_…',
    claimMissing: 'Give a claim: without one the hub does not know whose device this is.',
    serial: 'Serial number',
    serialHint: 'Only where the claim is for a certain one; else it is made up.',
    button: 'Enrol',
    waits: 'Enrolling… The hub may wait for a person to agree.',
  },
  installed: {
    title: 'Installed',
    none: 'Nothing yet. What is ordered for the household comes here by itself.',
    open: 'Open',
  },
  work: {
    title: 'Going on',
    version: (version: string | null) => version ?? 'being removed',
    stages: {
      waiting: 'waiting',
      downloading: 'downloading',
      verifying: 'verifying',
      installing: 'installing',
      restarting: 'restarting',
      checking: 'checking its health',
      removing: 'removing',
    } as Readonly<Record<string, string>>,
    bytes: (done: number, total: number) => `${bytes(done)} of ${bytes(total)}`,
  },
  outcomes: {
    title: 'Last outcomes',
    results: {
      installed: 'installed, and proved to the hub',
      removed: 'removed',
      failed: 'failed; nothing was changed',
      'rolled-back': 'failed; the version before is in use again',
    } as Readonly<Record<string, string>>,
  },
  about: {
    title: 'About this device',
    device: 'Device',
    household: 'Household',
    serial: 'Serial number',
    hub: 'Hub',
    storage: 'Storage',
    storageOf: (free: number, total: number) => `${bytes(free)} of ${bytes(total)} free`,
    lasting: 'kept until you clear it',
    clearable: 'the browser may clear it when the disk gets full',
    unknown: '–',
  },
  log: { title: 'Log', none: 'Nothing yet.' },
  notice: { title: 'Message from your operator', read: 'I have read it' },
  again: 'Try again',
  erase: {
    button: 'Erase this device…',
    title: 'Erase this device?',
    consequence:
      'Its key, its services and what their apps have stored are removed from this browser. It cannot come back without a new claim. The hub goes on listing it until an operator takes it out of service.',
    confirm: 'Erase',
    cancel: 'Keep it',
  },
  noApps:
    'The origin on which apps run does not answer. The hub’s setting SUTLER_APP_PORT (or SUTLER_APP_URL) names it; a browser that blocks frames of other origins keeps it away.',
  remedies: {
    'claim-refused': 'Ask for a new claim, and enrol again.',
    'not-enrolled': 'Erase this device, and enrol it with a new claim.',
    'no-space': 'Free some of the disk, and try again.',
    untrusted: 'Open this page at the hub that the claim is for.',
  } as Readonly<Record<string, string>>,
  /** CONNACK 5 goes on for as long as the hub does not want the device. */
  refused: 'The hub does not let this device in: it may have been taken out of service. Ask the operator, or erase it.',
} as const

/** One line on how it stands. */
export function stateOf({ phase, away }: DeviceView): string {
  if (phase !== 'enrolled') return words.states[phase]
  if (away === null) return words.states.connected
  return away.includes('refused the connection (5)') ? words.refused : words.states.away
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

export function bytes(count: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(count, 1)) / 3))
  const value = count / 1000 ** power
  return `${value.toLocaleString('en', { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power]}`
}
