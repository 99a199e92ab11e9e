import { Command } from 'commander'

type Add = (command: Command) => void

/**
 * What the command line is made of, in the order of its help: the words with which its commands begin, and where they are. Only
 * what is called is loaded: reading all of it takes five times as long as a command needs.
 */
const parts: readonly (readonly [words: string, load: () => Promise<Add>])[] = [
  ['login logout whoami', async () => (await import('./commands/login.ts')).addLogin],
  ['setup', async () => (await import('./commands/setup.ts')).addSetup],
  ['invite', async () => (await import('./commands/invitations.ts')).addInvitations],
  ['search', async () => (await import('./commands/search.ts')).addSearch],
  ['household', async () => (await import('./commands/households.ts')).addHouseholds],
  ['user', async () => (await import('./commands/users.ts')).addUsers],
  ['attribute', async () => (await import('./commands/attributes.ts')).addAttributes],
  ['claim', async () => (await import('./commands/claims.ts')).addClaims],
  ['enrolment', async () => (await import('./commands/enrolments.ts')).addEnrolments],
  ['gateway', async () => (await import('./commands/gateways.ts')).addGateways],
  ['service', async () => (await import('./commands/services.ts')).addServices],
  ['try', async () => (await import('./commands/try.ts')).addTry],
  ['order', async () => (await import('./commands/orders.ts')).addOrders],
  ['subscription', async () => (await import('./commands/subscriptions.ts')).addSubscriptions],
  ['campaign', async () => (await import('./commands/campaigns.ts')).addCampaigns],
  ['devices device deliveries', async () => (await import('./commands/devices.ts')).addDevices],
  ['group', async () => (await import('./commands/groups.ts')).addGroups],
  ['operation', async () => (await import('./commands/operations.ts')).addOperations],
  ['import export', async () => (await import('./commands/bulk.ts')).addBulk],
  ['policy', async () => (await import('./commands/policies.ts')).addPolicies],
  ['approval', async () => (await import('./commands/approvals.ts')).addApprovals],
  ['preference', async () => (await import('./commands/preferences.ts')).addPreferences],
  ['consent', async () => (await import('./commands/consents.ts')).addConsents],
  ['explain', async () => (await import('./commands/explain.ts')).addExplain],
  ['watch', async () => (await import('./commands/watch.ts')).addWatch],
  ['events', async () => (await import('./commands/events.ts')).addEvents],
  ['webhook', async () => (await import('./commands/webhooks.ts')).addWebhooks],
  ['notification', async () => (await import('./commands/notifications.ts')).addNotifications],
  ['audit', async () => (await import('./commands/audit.ts')).addAudit],
  ['tenant', async () => (await import('./commands/tenants.ts')).addTenants],
  ['blobs', async () => (await import('./commands/blobs.ts')).addBlobs],
  ['identity-provider', async () => (await import('./commands/identity-providers.ts')).addIdentityProviders],
  ['user-group', async () => (await import('./commands/user-groups.ts')).addUserGroups],
  ['directory', async () => (await import('./commands/directories.ts')).addDirectories],
  ['key', async () => (await import('./commands/keys.ts')).addKeys],
  ['authority', async () => (await import('./commands/authority.ts')).addAuthority],
  ['trust', async () => (await import('./commands/trust.ts')).addTrust],
  ['verify', async () => (await import('./commands/verify.ts')).addVerify],
  ['backup restore', async () => (await import('./commands/backup.ts')).addBackup],
  ['model', async () => (await import('./commands/models.ts')).addModels],
  ['instance', async () => (await import('./commands/instances.ts')).addInstances],
  ['language-server', async () => (await import('./commands/language-server.ts')).addLanguageServer],
]

/**
 * The command line: with words of a call, the commands that these can mean; without, every command with its options. Called
 * wrongly, it throws CommanderError and says nothing itself.
 */
export async function program(called: readonly string[] = []): Promise<Command> {
  const first = called.find((word) => !word.startsWith('-'))
  const meant = parts.filter(([words]) => first !== undefined && words.split(' ').includes(first))
  const command = new Command('sutler')
    .description('Provisioning services: publish, order, and watch devices prove what they run.')
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  for (const add of await Promise.all((meant.length > 0 ? meant : parts).map(([, load]) => load()))) add(command)
  return command
}

/** The words with which commands of each part begin. */
export const beginnings: readonly string[] = parts.map(([words]) => words)
