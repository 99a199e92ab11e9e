import { Connection, type ConnectionOptions } from './connection.ts'
import { UspFaults } from './faults.ts'
import { Installer, type Operation } from './installer.ts'
import {
  errorMessage,
  eventBody,
  failure,
  message,
  notifications,
  notifyBody,
  notifyResponse,
  read,
  requests,
} from './messages.ts'
import { getResult, supportedResult } from './data-model.ts'
import { mapEntries, Message, type Fields } from './protobuf.ts'
import { refersTo, UspState } from './state.ts'
import type { Heard } from './messages.ts'

export interface UspAgentOptions extends ConnectionOptions {
  readonly firmware?: { readonly name: string; readonly version: string }
  /** Commands that it has not, for example `Device.SoftwareModules.DeploymentUnit.{i}.Update()`. */
  readonly lacks?: readonly string[]
}

const table = {
  install: 'Device.SoftwareModules.InstallDU()',
  update: 'Device.SoftwareModules.DeploymentUnit.{i}.Update()',
  uninstall: 'Device.SoftwareModules.DeploymentUnit.{i}.Uninstall()',
  download: 'Device.DeviceInfo.FirmwareImage.{i}.Download()',
  activate: 'Device.DeviceInfo.FirmwareImage.{i}.Activate()',
  reboot: 'Device.Reboot()',
  cancel: 'Device.LocalAgent.Request.{i}.Cancel()',
} as const

/** A simulated USP agent, with an encoder of its own: it connects, answers, installs, notifies, and fails where it is told to. */
export class UspAgent {
  readonly endpoint: string
  readonly state: UspState
  readonly faults = new UspFaults()
  readonly #options: UspAgentOptions
  readonly #installer: Installer
  readonly #connection: Connection
  /** Messages that came, by number within Request. */
  readonly heard: { readonly number: number; readonly command: string }[] = []
  #count = 0
  #on = false
  #notifying: NodeJS.Timeout | undefined

  constructor(options: UspAgentOptions) {
    this.#options = options
    this.endpoint = options.endpoint
    this.state = new UspState(options.firmware ?? { name: 'base', version: '1.0' })
    this.#installer = new Installer(this.state, this.faults)
    this.#connection = new Connection(options, this.faults, {
      opened: () => this.#notifyAgain(),
      message: (bytes) => this.#message(bytes),
    })
  }

  get installs(): number {
    return this.#installer.installs
  }
  get connected(): boolean {
    return this.#connection.up
  }

  /** Switches it on: it starts, and connects. */
  async boot(cause = 'LocalReboot', firmwareUpdated = false): Promise<void> {
    this.#on = true
    this.state.boots++
    const params = { CommandKey: '', Cause: cause, FirmwareUpdated: String(firmwareUpdated), ParameterMap: '{}' }
    this.#queueEvent('Device.', 'Boot!', params)
    await this.#connection.open()
  }

  /** Pulls the plug. What it was at is lost. */
  async powerOff(): Promise<void> {
    this.#on = false
    for (const request of this.state.requests.values()) request.cancel.abort(new Error('power is off'))
    this.state.requests.clear()
    this.#connection.close()
  }

  /** The connection ends, the agent goes on and connects again. */
  dropConnection(): void {
    this.#connection.drop()
  }

  /** Sends bytes as they are. */
  sendRaw(bytes: Buffer): void {
    this.#connection.sendRaw(bytes)
  }

  /** Until they are confirmed (R-NOT.1, R-NOT.6a), soon: a test does not wait for the standard's 5 to 10 seconds. */
  #notifyAgain(): void {
    clearTimeout(this.#notifying)
    if (!this.#connection.up) return
    if (!this.state.onBoard) this.#onBoard()
    for (const notify of this.state.unconfirmed.values()) this.#connection.send(notify)
    this.#notifying = setTimeout(() => this.#notifyAgain(), 1_000).unref()
  }

  #message(bytes: Buffer): void {
    const heard = read(bytes)
    if (heard.part === 'response' && heard.number === notifyResponse) return this.#confirmed(heard.id)
    if (heard.part !== 'request') return
    this.heard.push({ number: heard.number, command: heard.number === requests.operate ? heard.body.text(1) : '' })
    this.#answer(heard)
  }

  #confirmed(id: string): void {
    this.state.unconfirmed.delete(id)
    if (id.startsWith('onboard')) this.state.onBoard = true
  }

  #answer({ id, number, body }: Heard): void {
    switch (number) {
      case requests.getSupportedProtocol:
        return this.#connection.send(message(id, 'getSupportedProtocolResp', [[1, '1.0,1.1,1.2,1.3']]))
      case requests.get: {
        const parameters = this.state.parameters(this.endpoint)
        const results = body.texts(1).map((path): readonly [number, Fields] => [1, getResult(path, parameters)])
        return this.#connection.send(message(id, 'getResp', results))
      }
      case requests.getSupportedDm: {
        const commands = Object.values(table).filter((each) => !this.#options.lacks?.includes(each))
        const results = body.texts(1).map((path): readonly [number, Fields] => [1, supportedResult(path, commands)])
        return this.#connection.send(message(id, 'getSupportedDmResp', results))
      }
      case requests.add:
        return this.#add(id, body)
      case requests.delete:
        for (const path of body.texts(2)) this.state.subscriptions.delete(Number(/(\d+)\.$/.exec(path)?.[1]))
        return this.#connection.send(message(id, 'deleteResp', []))
      case requests.set:
        return this.#set(id, body)
      case requests.operate:
        return this.#operate(id, body)
      default:
        return this.#connection.send(errorMessage(id, 7001, 'not in this simulator'))
    }
  }

  #add(id: string, body: Message): void {
    const results = body.subs(2).map((created): readonly [number, Fields] => {
      const settings = new Map(created.subs(2).map((each) => [each.text(1), each.text(2)]))
      const instance = this.state.instance()
      const [subscription, type, reference] = ['ID', 'NotifType', 'ReferenceList'].map(
        (name) => settings.get(name) ?? '',
      )
      this.state.subscriptions.set(instance, { id: subscription!, type: type!, reference: reference! })
      const path = `${created.text(1)}${instance}.`
      return [
        1,
        [
          [1, created.text(1)],
          [2, [[2, [[1, path], ...mapEntries(3, new Map([['ID', subscription!]]))]]]],
        ],
      ]
    })
    this.#connection.send(message(id, 'addResp', results))
  }

  #set(id: string, body: Message): void {
    const changes = body
      .subs(2)
      .flatMap((update) => update.subs(2).map((each) => [update.text(1) + each.text(1), each.text(2)] as const))
    const unknown = changes.find(([path]) => !this.state.settings.has(path))
    if (unknown) return this.#connection.send(errorMessage(id, 7004, `there is no ${unknown[0]}`))
    for (const [path, value] of changes) this.state.settings.set(path, value)
    this.#connection.send(message(id, 'setResp', []))
  }

  #operate(id: string, body: Message): void {
    const [command, key, args] = [body.text(1), body.text(2), body.map(4)]
    const answer = (result: Fields): void =>
      this.#connection.send(message(id, 'operateResp', [[1, [[1, command], ...result]]]))
    if (command === table.reboot) {
      answer([[3, []]])
      return void setTimeout(() => void this.#reboot('RemoteReboot'), 5)
    }
    const cancelled = /^Device\.LocalAgent\.Request\.(\d+)\.Cancel\(\)$/.exec(command)?.[1]
    if (cancelled !== undefined) {
      const request = this.state.requests.get(Number(cancelled))
      if (!request?.cancellable) return answer([[4, failure(7022, 'it cannot be cancelled any more')]])
      request.cancel.abort(new Error('cancelled'))
      return answer([[3, []]])
    }
    const operation = this.#operationOf(command, args)
    if (operation === null) return answer([[4, failure(7026, `there is no ${command}`)]])
    if (this.faults.fails === 'accept') return answer([[4, failure(7002, 'made to refuse')]])
    const instance = this.state.instance()
    answer([[2, `Device.LocalAgent.Request.${instance}.`]])
    void this.#run(instance, command, key, operation)
  }

  #operationOf(command: string, args: ReadonlyMap<string, string>): Operation | null {
    if (command === table.install) return this.#installer.install(args)
    const [, object, instance, name] =
      /^Device\.(?:SoftwareModules|DeviceInfo)\.(\w+)\.(\d+)\.(\w+)\(\)$/.exec(command) ?? []
    const number = Number(instance)
    const unit = object === 'DeploymentUnit' ? this.state.units.get(number) : undefined
    if (unit && name === 'Update') return this.#installer.update(unit, args)
    if (unit && name === 'Uninstall') return this.#installer.uninstall(number)
    const image = object === 'FirmwareImage' ? this.state.images.get(number) : undefined
    if (image && name === 'Download') return this.#installer.download(number, args)
    if (image && name === 'Activate') return async () => void (this.state.bootImage = number)
    return null
  }

  async #run(instance: number, command: string, key: string, operation: Operation): Promise<void> {
    const request = { command, key, cancel: new AbortController(), cancellable: true }
    this.state.requests.set(instance, request)
    let failed: Fields | null = null
    try {
      await operation(request.cancel.signal, { noReturn: () => (request.cancellable = false) })
    } catch (error) {
      const { message: detail } = error as Error
      failed = failure(detail === 'cancelled' ? 7023 : 7022, detail)
    }
    if (this.state.requests.get(instance) !== request) return
    this.state.requests.delete(instance)
    if (/InstallDU|Update|Uninstall/.test(command)) this.#unitChanged(failed)
    this.#notify('OperationComplete', command, notifications.operationComplete, [
      [1, command.slice(0, command.lastIndexOf('.') + 1)],
      [2, command.slice(command.lastIndexOf('.') + 1)],
      [3, key],
      failed === null ? [4, []] : [5, failed],
    ])
    if (command.endsWith('Activate()') && failed === null) setTimeout(() => void this.#reboot('RemoteReboot'), 5)
  }

  #unitChanged(failed: Fields | null): void {
    const params = { OperationPerformed: 'Install', CurrentState: failed ? 'Failed' : 'Installed' }
    this.#queueEvent('Device.SoftwareModules.', 'DUStateChange!', params)
  }

  /** From the image that is chosen; made to fail while checking, from the one before. */
  async #reboot(cause: string): Promise<void> {
    if (!this.#on) return
    await this.powerOff()
    this.#on = true
    const { bootImage, activeImage, images } = this.state
    try {
      if (bootImage !== activeImage) {
        await this.faults.at('restarting', new AbortController().signal)
        await this.faults.at('checking', new AbortController().signal)
        if (!this.faults.pretends) this.#installer.installs++
        if (!this.faults.pretends) this.state.activeImage = bootImage
      }
    } catch (error) {
      images.get(bootImage)!.bootFailure = (error as Error).message
      images.get(bootImage)!.status = 'ActivationFailed'
      this.state.bootImage = activeImage
    }
    if (this.#on) await this.boot(cause, this.state.activeImage !== activeImage)
  }

  #onBoard(): void {
    const id = `onboard-${this.state.boots}`
    const versions = '1.0,1.1,1.2,1.3'
    const body: Fields = [
      [1, '0005B9'],
      [2, 'stb'],
      [3, this.endpoint],
      [4, versions],
    ]
    this.#connection.send(message(id, 'notify', notifyBody('', true, notifications.onBoardRequest, body)))
  }

  #queueEvent(object: string, name: string, params: Readonly<Record<string, string>>): void {
    this.#notify('Event', object + name, notifications.event, eventBody(object, name, params))
  }

  /** To those who have subscribed; said again with each connection until it is confirmed. */
  #notify(type: string, path: string, number: number, body: Fields): void {
    for (const subscription of this.state.subscriptions.values()) {
      if (subscription.type !== type || !refersTo(subscription.reference, path)) continue
      const id = `${this.state.boots}-${++this.#count}`
      const bytes = message(id, 'notify', notifyBody(subscription.id, true, number, body))
      this.state.unconfirmed.set(id, bytes)
      this.#connection.send(bytes)
    }
  }
}
