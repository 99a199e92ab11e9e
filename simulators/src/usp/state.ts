/** What a simulated agent has on its disk: it outlives a power cut. */
export interface UspUnit {
  uuid: string
  name: string
  version: string
  status: string
}

export interface UspImage {
  name: string
  version: string
  status: string
  bootFailure: string
}

export interface UspSubscription {
  readonly id: string
  readonly type: string
  readonly reference: string
}

/** An asynchronous command under way; lost with the power. */
export interface UspRequest {
  readonly command: string
  readonly key: string
  readonly cancel: AbortController
  /** False once it can no longer be stopped. */
  cancellable: boolean
}

export class UspState {
  readonly units = new Map<number, UspUnit>()
  readonly images = new Map<number, UspImage>()
  readonly subscriptions = new Map<number, UspSubscription>()
  readonly settings = new Map<string, string>()
  activeImage = 1
  bootImage = 1
  boots = 0
  /** NotifyResp of the OnBoardRequest has come. */
  onBoard = false
  /** Notifications that were not confirmed, by message id. */
  readonly unconfirmed = new Map<string, Buffer>()
  readonly requests = new Map<number, UspRequest>()
  #instance = 0

  constructor(firmware: { readonly name: string; readonly version: string }) {
    this.images.set(1, { ...firmware, status: 'Available', bootFailure: '' })
    this.images.set(2, { name: '', version: '', status: 'NoImage', bootFailure: '' })
    this.settings.set('Device.LocalAgent.PeriodicNotifInterval', '300')
  }

  instance(): number {
    return ++this.#instance
  }

  /** The instantiated data model. */
  parameters(serial: string): Map<string, string> {
    const values = new Map(this.settings)
    const active = this.images.get(this.activeImage)!
    const put = (path: string, given: object): void => {
      for (const [name, value] of Object.entries(given)) values.set(path + name, String(value))
    }
    put('Device.DeviceInfo.', {
      Manufacturer: 'Example Works',
      ModelName: 'Simulated STB',
      ProductClass: 'stb',
      SerialNumber: serial,
      SoftwareVersion: active.version,
      ActiveFirmwareImage: `Device.DeviceInfo.FirmwareImage.${this.activeImage}`,
    })
    put('Device.DeviceInfo.MemoryStatus.', { Total: 1_048_576, Free: 500_000 })
    put('Device.DeviceInfo.Processor.1.', { Architecture: 'arm' })
    put('Device.SoftwareModules.ExecEnv.1.', {
      Name: 'containers',
      Type: 'OCI',
      Version: '1.1',
      AllocatedDiskSpace: 2_000_000,
      AvailableDiskSpace: 1_500_000,
    })
    for (const [number, { name, version, status, uuid }] of this.units)
      put(`Device.SoftwareModules.DeploymentUnit.${number}.`, {
        UUID: uuid,
        Name: name,
        Version: version,
        Status: status,
      })
    for (const [number, { name, version, status, bootFailure }] of this.images)
      put(`Device.DeviceInfo.FirmwareImage.${number}.`, {
        Name: name,
        Version: version,
        Status: status,
        BootFailureLog: bootFailure,
      })
    for (const [number, { id, type, reference }] of this.subscriptions)
      put(`Device.LocalAgent.Subscription.${number}.`, {
        ID: id,
        NotifType: type,
        ReferenceList: reference,
        Enable: true,
      })
    for (const [number, { command, key }] of this.requests)
      put(`Device.LocalAgent.Request.${number}.`, { Command: command, CommandKey: key, Status: 'Active' })
    return values
  }
}

/** Whether a subscription's reference is about this path: `*` stands for one instance. */
export function refersTo(reference: string, path: string): boolean {
  const pattern = reference.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${pattern.join('\\d+')}$`).test(path)
}
