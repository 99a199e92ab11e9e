import { DataModel } from './data-model.ts'

export interface Identity {
  readonly manufacturer: string
  readonly oui: string
  readonly productClass: string
  readonly serialNumber: string
}

const unitRow = {
  UUID: '',
  DUID: '',
  Name: '',
  Status: 'Installed',
  Resolved: '1',
  URL: '',
  Vendor: '',
  Version: '',
  ExecutionEnvRef: '',
}

/** A set-top box with the data model of TR-181 and deployment units. */
export function tr181(identity: Identity, version: string): DataModel {
  const model = new DataModel('Device.')
  deviceInfo(model, identity, version)
  model.put('DeviceSummary', 'Device:2.15[](Baseline:1), STBService:1.4[1](Baseline:1)')
  model.put('RootDataModelVersion', '2.15')
  model.put('DeviceInfo.ProcessorNumberOfEntries', 4)
  model.put('DeviceInfo.Processor.1.Architecture', 'arm64')
  model.put('Time.LocalTimeZone', 'CET-1CEST,M3.5.0,M10.5.0/3', true)
  model.put('Services.STBServiceNumberOfEntries', 1)
  softwareModules(model)
  managementServer(model)
  return model
}

/** A gateway with the data model of TR-098: no deployment units. */
export function tr098(identity: Identity, version: string): DataModel {
  const model = new DataModel('InternetGatewayDevice.')
  deviceInfo(model, identity, version)
  model.put('DeviceSummary', 'InternetGatewayDevice:1.4[](Baseline:1, EthernetLAN:1)')
  model.put('DeviceInfo.SpecVersion', '1.0')
  model.put('Time.LocalTimeZone', '+01:00', true)
  model.put('Time.LocalTimeZoneName', 'Europe/Berlin', true)
  model.put('LANDeviceNumberOfEntries', 1)
  model.table('Layer3Forwarding.Forwarding.', { Enable: '0', DestIPAddress: '', GatewayIPAddress: '' })
  managementServer(model)
  return model
}

function deviceInfo(model: DataModel, identity: Identity, version: string): void {
  model.put('DeviceInfo.Manufacturer', identity.manufacturer)
  model.put('DeviceInfo.ManufacturerOUI', identity.oui)
  model.put('DeviceInfo.ModelName', identity.productClass)
  model.put('DeviceInfo.ProductClass', identity.productClass)
  model.put('DeviceInfo.SerialNumber', identity.serialNumber)
  model.put('DeviceInfo.HardwareVersion', 'rev2')
  model.put('DeviceInfo.SoftwareVersion', version)
  model.put('DeviceInfo.ProvisioningCode', '', true)
  model.put('DeviceInfo.UpTime', 60)
  model.put('DeviceInfo.MemoryStatus.Total', 1_048_576)
  model.put('DeviceInfo.MemoryStatus.Free', 524_288)
  model.put('DeviceInfo.VendorConfigFileNumberOfEntries', 0)
  model.table('DeviceInfo.VendorConfigFile.', { Name: '', Version: '' })
}

function softwareModules(model: DataModel): void {
  model.put('SoftwareModules.ExecEnvNumberOfEntries', 1)
  model.put('SoftwareModules.ExecEnv.1.Name', 'linux')
  model.put('SoftwareModules.ExecEnv.1.Type', 'Linux Container')
  model.put('SoftwareModules.ExecEnv.1.Version', '1.0')
  model.put('SoftwareModules.ExecEnv.1.AllocatedDiskSpace', 2_097_152)
  model.put('SoftwareModules.ExecEnv.1.AvailableDiskSpace', 1_048_576)
  model.put('SoftwareModules.DeploymentUnitNumberOfEntries', 0)
  model.table('SoftwareModules.DeploymentUnit.', unitRow)
}

function managementServer(model: DataModel): void {
  model.put('ManagementServer.URL', '', true)
  model.put('ManagementServer.PeriodicInformEnable', false, true)
  model.put('ManagementServer.PeriodicInformInterval', 86_400, true)
  model.put('ManagementServer.PeriodicInformTime', '0001-01-01T00:00:00Z', true)
  model.put('ManagementServer.ParameterKey', '')
  model.put('ManagementServer.ConnectionRequestURL', '')
  model.put('ManagementServer.ConnectionRequestUsername', '', true)
  model.put('ManagementServer.ConnectionRequestPassword', '', true)
  model.put('ManagementServer.UpgradesManaged', false, true)
}
