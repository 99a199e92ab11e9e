import type { InstallOutput } from '@sutler/device-model'

/** What an action installs: the hub's intention, kept from when the device has seen it until it is closed. */
export type Work = InstallOutput
