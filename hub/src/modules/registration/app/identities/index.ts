import type { DeviceDecisions } from '../audit/device-decisions.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { Revocation } from '../revocation.ts'
import { authentication } from './authenticate.ts'
import { foreignDevices } from './devices.ts'
import { IdentityRecords } from './records.ts'
import { deviceSecrets } from './secrets.ts'

/** Devices that never run the agent: who they are in their protocols. */
export function deviceIdentities(
  deps: RegistrationDependencies,
  decisions: DeviceDecisions,
  revocation: Pick<Revocation, 'onCutOff'>,
) {
  const records = new IdentityRecords(deps)
  revocation.onCutOff(() => records.forget())
  return {
    records,
    authenticate: authentication(deps, records, decisions),
    secret: deviceSecrets(deps, records),
    protocolsOf: (devices: readonly string[]) => deps.storage.deviceIdentities.protocols(deps.database.sql, devices),
    devices: foreignDevices(deps, records),
  }
}
