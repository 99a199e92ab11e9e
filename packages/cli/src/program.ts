import { Command } from 'commander'
import { addApprovals } from './commands/approvals.ts'
import { addAttributes } from './commands/attributes.ts'
import { addAudit } from './commands/audit.ts'
import { addAuthority } from './commands/authority.ts'
import { addBackup } from './commands/backup.ts'
import { addBlobs } from './commands/blobs.ts'
import { addCampaigns } from './commands/campaigns.ts'
import { addBulk } from './commands/bulk.ts'
import { addClaims } from './commands/claims.ts'
import { addConsents } from './commands/consents.ts'
import { addDirectories } from './commands/directories.ts'
import { addDevices } from './commands/devices.ts'
import { addEnrolments } from './commands/enrolments.ts'
import { addEvents } from './commands/events.ts'
import { addExplain } from './commands/explain.ts'
import { addGateways } from './commands/gateways.ts'
import { addGroups } from './commands/groups.ts'
import { addHouseholds } from './commands/households.ts'
import { addIdentityProviders } from './commands/identity-providers.ts'
import { addInvitations } from './commands/invitations.ts'
import { addInstances } from './commands/instances.ts'
import { addKeys } from './commands/keys.ts'
import { addLanguageServer } from './commands/language-server.ts'
import { addLogin } from './commands/login.ts'
import { addModels } from './commands/models.ts'
import { addNotifications } from './commands/notifications.ts'
import { addOperations } from './commands/operations.ts'
import { addOrders } from './commands/orders.ts'
import { addSubscriptions } from './commands/subscriptions.ts'
import { addPolicies } from './commands/policies.ts'
import { addPreferences } from './commands/preferences.ts'
import { addSearch } from './commands/search.ts'
import { addSetup } from './commands/setup.ts'
import { addServices } from './commands/services.ts'
import { addTenants } from './commands/tenants.ts'
import { addTrust } from './commands/trust.ts'
import { addUserGroups } from './commands/user-groups.ts'
import { addTry } from './commands/try.ts'
import { addUsers } from './commands/users.ts'
import { addVerify } from './commands/verify.ts'
import { addWatch } from './commands/watch.ts'
import { addWebhooks } from './commands/webhooks.ts'

/** The command line: every command with its options. Called wrongly, it throws CommanderError and says nothing itself. */
export function program(): Command {
  const command = new Command('sutler')
    .description('Provisioning services: publish, order, and watch devices prove what they run.')
    .configureOutput({ outputError: () => {} })
    .exitOverride()
  const homes = [addHouseholds, addUsers, addAttributes, addClaims, addEnrolments, addGateways]
  const rules = [addPolicies, addApprovals, addPreferences, addConsents]
  const everyday = [
    addLogin,
    addSetup,
    addInvitations,
    addSearch,
    ...homes,
    addServices,
    addTry,
    addOrders,
    addSubscriptions,
    addCampaigns,
    addDevices,
    addGroups,
    addOperations,
    addBulk,
    ...rules,
    addExplain,
    addWatch,
    addEvents,
    addWebhooks,
    addNotifications,
    addAudit,
  ]
  const security = [
    addTenants,
    addBlobs,
    addIdentityProviders,
    addUserGroups,
    addDirectories,
    addKeys,
    addAuthority,
    addTrust,
    addVerify,
    addBackup,
  ]
  const parts = [...everyday, ...security, addModels, addInstances, addLanguageServer]
  for (const add of parts) add(command)
  return command
}
