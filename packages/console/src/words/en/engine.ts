/** What the navigation calls the engine's and the system's pages. */
export const engine = {
  models: 'Models',
  modelsWords: 'patterns roles editor diagram state machine',
  instances: 'Instances',
  policies: 'Policies',
  approvals: 'Approvals',
  preferences: 'Preferences',
  audit: 'Audit',
  auditWords: 'log chain who did what',
  settings: 'Settings',
  settingsWords: 'accounts invitations roles keys tenants trust webhooks identity providers sessions password',
} as const
