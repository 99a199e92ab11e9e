import type { DeviceDecisions } from '../audit/device-decisions.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { Revocation } from '../revocation.ts'
import { acceptance } from './accept.ts'
import { arrivals } from './arrivals.ts'
import { authentication } from './authenticate.ts'
import { credentials } from './credentials.ts'
import { foreignDevices } from './devices.ts'
import { gateways } from './gateways.ts'
import { identityManagement } from './manage.ts'
import { IdentityRecords } from './records.ts'
import { deviceSecrets } from './secrets.ts'

/** Devices that never run the agent: who they are in their protocols. */
export function deviceIdentities(
  deps: RegistrationDependencies,
  decisions: DeviceDecisions,
  revocation: Pick<Revocation, 'onCutOff' | 'protocolChanged'>,
) {
  const records = new IdentityRecords(deps)
  revocation.onCutOff(() => records.forget())
  const kept = credentials(deps)
  const devices = foreignDevices(deps, records, kept)
  const batches = gateways(deps, records)
  const waiting = arrivals(deps, batches, devices, decisions)
  return {
    authenticate: authentication(deps, records, waiting, decisions),
    accept: acceptance(deps, records, kept, devices),
    secret: deviceSecrets(deps, records),
    protocolsOf: (devicesAsked: readonly string[]) =>
      deps.storage.deviceIdentities.protocols(deps.database.sql, devicesAsked),
    devices,
    gateways: batches,
    manage: identityManagement(deps, records, kept, devices, revocation),
  }
}
