import { ConformanceHost } from '@sutler/device-model/conformance'
import { CwmpDevice, imageOf, type CwmpDeviceOptions } from '@sutler/simulators/cwmp'
import type { CapabilityReport, InstallOutput, InstallRole, Output } from '@sutler/device-model'
import { Acs } from './acs.ts'
import type { CwmpOptions, CwmpProtocol } from '../src/index.ts'

type Given = Partial<Omit<CwmpDeviceOptions, 'acs'>>

/** A host in memory, the protocol on a web server, and devices beside it; all of it ended by `await using`. */
export class Setting implements AsyncDisposable {
  readonly host = new ConformanceHost()
  readonly acs: Acs
  protocol!: CwmpProtocol
  readonly #devices: CwmpDevice[] = []
  #deliveries = 0

  constructor(options: Partial<CwmpOptions> = {}) {
    this.acs = new Acs(options)
  }

  static async open(options: Partial<CwmpOptions> = {}): Promise<Setting> {
    const setting = new Setting(options)
    await setting.host.start()
    await setting.start()
    return setting
  }

  async start(): Promise<void> {
    this.protocol = await this.acs.start(this.host)
    this.host.serve(this.protocol)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const device of this.#devices) device.close()
    this.host.serve(null)
    await this.protocol.stop()
    await this.host.stop()
  }

  /** A device that the host lets in as `dev-cwmp-<number>`, whatever it proves itself with. */
  device(given: Given = {}): CwmpDevice {
    const number = this.#devices.length + 1
    const identity = { manufacturer: 'Sim', oui: '0000C0', productClass: 'Box', serialNumber: `S${number}` }
    const login = { username: `box-${number}`, password: 'secret' }
    this.host.admit('cwmp', `0000C0-Box-S${number}`, {
      device: `dev-cwmp-${number}`,
      class: 'gateway',
      accepts: () => true,
      secret: { username: 'acs', secret: 'please' },
    })
    const device = new CwmpDevice({ acs: this.acs.url, login, identity, model: 'tr181', version: '0.9', ...given })
    this.#devices.push(device)
    return device
  }

  id(device: CwmpDevice): string {
    return `dev-cwmp-${this.#devices.indexOf(device) + 1}`
  }

  /** A device that has been here once. */
  async known(given: Given = {}): Promise<CwmpDevice> {
    const device = this.device(given)
    await device.bootstrap()
    return device
  }

  install(device: CwmpDevice, version: string, role: InstallRole = 'unit', service = 'guide'): InstallOutput {
    return this.installFiles(device, version, role, [imageOf({ name: service, version }, 2_000)], service)
  }

  installFiles(
    device: CwmpDevice,
    version: string,
    role: InstallRole,
    contents: readonly Buffer[],
    service = 'guide',
  ): InstallOutput {
    const delivery = `dlv-${++this.#deliveries}`
    const files = contents.map((content, at) => ({ path: `${service}-${at}.img`, content }))
    const component = this.host.component(service, version, { role, files })
    const output: InstallOutput = { ...component, delivery, epoch: this.#deliveries }
    this.host.ordered.set(delivery, output)
    this.host.queue(this.id(device), output)
    return output
  }

  order(device: CwmpDevice, output: Output): number {
    return this.host.queue(this.id(device), output)
  }

  outcome(device: CwmpDevice, delivery: string) {
    const all = this.host.of(this.id(device), 'outcome').filter((each) => each.delivery === delivery)
    if (all.length > 1) throw new Error(`${all.length} outcomes of ${delivery}`)
    return all[0]
  }

  declined(device: CwmpDevice) {
    return this.host.of(this.id(device), 'declined')
  }

  report(device: CwmpDevice): CapabilityReport {
    const report = this.host.of(this.id(device), 'capabilities').at(-1)?.report
    if (report === undefined) throw new Error('no report')
    return report
  }

  error(output: number): string | null | undefined {
    return this.host.taken.find((each) => each.output === output)?.error
  }
}
