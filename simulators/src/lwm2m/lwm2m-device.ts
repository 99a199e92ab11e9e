import { message, none, numberOption, textsOf, whole, type Coap } from './coap.ts'
import { formats, write, type Value } from './content.ts'
import { Endpoint, type OpenLink } from './endpoint.ts'
import { Firmware, type FirmwareWays } from './firmware.ts'
import { SoftwareShelf } from './software.ts'
import { Stages } from './stages.ts'

export interface Lwm2mDeviceOptions {
  /** Endpoint client name. */
  readonly name: string
  readonly open: OpenLink
  readonly version?: '1.0' | '1.1' | '1.2'
  /** Seconds. */
  readonly lifetime?: number
  /** Sleeps between its updates. */
  readonly queueMode?: boolean
  /** Content formats that it answers reads in; others are 4.06. */
  readonly formats?: readonly number[]
  readonly firmware?: FirmwareWays & { readonly version: string }
  /** What real clients were seen to leave out. */
  readonly oddities?: {
    /** 5.01 to Discover. */
    readonly noDiscover?: boolean
    /** 4.05 to Observe. */
    readonly noObserve?: boolean
    /** No `b` when it registers. */
    readonly noBinding?: boolean
    /** 4.05 to a read of a whole instance: its resources are given one by one. */
    readonly singleReads?: boolean
  }
}

const defaultFormats = [formats.senmlCbor, formats.senmlJson, formats.tlv, formats.json]
const blockBytes = 1024

/** A simulated LwM2M client with the objects 1, 3, 4, 5 and 9, on real sockets and with an encoder of its own. */
export class Lwm2mDevice {
  readonly stages = new Stages()
  readonly firmware: Firmware
  readonly software: SoftwareShelf
  readonly endpoint: Endpoint
  /** What the hub asked it to do beside installs. */
  readonly asked: string[] = []
  readonly #options: Lwm2mDeviceOptions
  readonly #observed = new Map<string, { token: Buffer; sequence: number; accept: number | undefined }>()
  readonly #written = new Map<string, Value>()
  #location: string[] | null = null
  #registering: Promise<void> | null = null

  constructor(options: Lwm2mDeviceOptions) {
    this.#options = options
    const { version = '1.0', ...ways } = options.firmware ?? { delivery: 2, protocols: [0, 2, 3] }
    const changed = () => this.#notify()
    this.firmware = new Firmware(version, ways, this.stages, changed, () => this.#restartAlone())
    this.software = new SoftwareShelf(this.stages, changed)
    this.endpoint = new Endpoint(options.open, (request) => this.#serve(request))
  }

  get registered(): boolean {
    return this.#location !== null
  }

  /** Is switched on: opens its link and registers. */
  async boot(): Promise<void> {
    await this.endpoint.open()
    await this.register()
  }

  /** Loses power: no word to anyone. */
  cut(): void {
    this.endpoint.close()
    this.#location = null
    this.#observed.clear()
    this.firmware.reset()
    this.software.lose()
  }

  /** Restarts in good order, with what it has installed. */
  async restart(): Promise<void> {
    this.endpoint.close()
    this.#location = null
    this.#observed.clear()
    await this.boot()
  }

  /** Nobody waits for it: a hub that does not answer then hears of the device when it next has something to say. */
  async #restartAlone(): Promise<void> {
    await this.restart().catch(() => {})
  }

  register(): Promise<void> {
    this.#registering ??= this.#register().finally(() => (this.#registering = null))
    return this.#registering
  }

  async #register(): Promise<void> {
    const { name, version = '1.1', lifetime = 300, queueMode = false, oddities } = this.#options
    const query = [`ep=${name}`, `lt=${lifetime}`, `lwm2m=${version}`]
    if (!oddities?.noBinding) query.push(`b=U${queueMode && version === '1.0' ? 'Q' : ''}`)
    if (queueMode && version !== '1.0') query.push('Q')
    const options: [number, Buffer][] = [
      [11, Buffer.from('rd')],
      [12, whole(40)],
    ]
    for (const each of query) options.push([15, Buffer.from(each)])
    const answer = await this.endpoint.ask(2, options, Buffer.from(this.#links()))
    if (answer.code !== 0x41) throw new Error(`the registration was answered ${answer.code >> 5}.${answer.code & 31}`)
    this.#location = textsOf(answer, 8)
  }

  /** Says that it is still there; registers anew when the hub does not know it. */
  async update(): Promise<void> {
    if (!this.#location) return this.register()
    const path = this.#location.map((part): [number, Buffer] => [11, Buffer.from(part)])
    const answer = await this.endpoint.ask(2, path)
    if (answer.code === 0x84) return this.register()
  }

  async deregister(): Promise<void> {
    const path = this.#location!.map((part): [number, Buffer] => [11, Buffer.from(part)])
    await this.endpoint.ask(4, path)
    this.#location = null
  }

  /** Send (LwM2M 1.1): values unasked. @returns the answer's code */
  async tell(resources: ReadonlyMap<string, Value>): Promise<number> {
    const options: [number, Buffer][] = [
      [11, Buffer.from('dp')],
      [12, whole(formats.senmlCbor)],
    ]
    return (await this.endpoint.ask(2, options, write(formats.senmlCbor, resources, ''))).code
  }

  #links(): string {
    const slots = [...this.software.slots.keys()].map((instance) => `</9/${instance}>`)
    return ['</>;rt="oma.lwm2m"', '</1/0>', '</3/0>', '</4/0>', '</5/0>', '</9>', ...slots].join(',')
  }

  #resources(): [string, Value][] {
    const fixed: [string, Value][] = [
      ['/1/0/1', this.#options.lifetime ?? 300],
      ['/3/0/0', 'Simulated'],
      ['/3/0/1', 'Sensor 1'],
      ['/3/0/3', this.firmware.version],
      ['/3/0/10', 4096],
      ['/3/0/11/0', 0],
      ['/3/0/15', 'Europe/Berlin'],
      ['/3/0/18', 'rev-2'],
      ['/3/0/21', 16_384],
      ['/4/0/0', 21],
    ]
    return [
      ...fixed.map(([path, value]): [string, Value] => [path, this.#written.get(path) ?? value]),
      ...this.firmware.resources(),
      ...this.software.resources(),
    ]
  }

  async #serve(request: Coap): Promise<Coap> {
    const path = `/${textsOf(request, 11).join('/')}`
    if (request.code === 1) return this.#read(path, request)
    if (request.code === 3) return message(await this.#write(path, request))
    if (request.code === 2) return this.#execute(path, request)
    if (request.code === 4) return message(this.software.slots.delete(Number(path.split('/')[2])) ? 0x42 : 0x84)
    return message(0x85)
  }

  #read(path: string, request: Coap): Coap {
    const { oddities, formats: able = defaultFormats } = this.#options
    const found = this.#resources().filter(([each]) => each === path || each.startsWith(`${path}/`))
    if (found.length === 0 && path !== '/9') return message(0x84)
    const accept = numberOption(request, 17)
    if (accept === formats.link) {
      if (oddities?.noDiscover) return message(0xa1)
      const links = found.map(([each]) => `<${each}>`).join(',')
      return message(0x45, { options: [[12, whole(formats.link)]], payload: Buffer.from(links) })
    }
    if (oddities?.singleReads && path.split('/').length < 4) return message(0x85)
    const format = accept ?? able[0]!
    if (!able.includes(format)) return message(0x86)
    const options: [number, Buffer][] = [[12, whole(format)]]
    if (numberOption(request, 6) === 0) {
      if (oddities?.noObserve) return message(0x85)
      this.#observed.set(path, { token: request.token, sequence: 1, accept })
      options.push([6, whole(1)])
    }
    return sliced(request, options, write(format, new Map(found), path))
  }

  async #write(path: string, request: Coap): Promise<number> {
    const block = numberOption(request, 27) ?? 0
    const [first, last] = [block >> 4 === 0, (block & 8) === 0]
    const [object, instance, resource] = path.split('/').slice(1).map(Number)
    if (object === 5 && resource === 0) return this.firmware.block(request.payload, first, last)
    if (object === 5 && resource === 1) return this.firmware.link(request.payload.toString())
    if (object === 9 && resource === 2) return this.software.block(instance!, request.payload, first, last)
    if (object === 9 && resource === 3) return this.software.link(instance!, request.payload.toString())
    this.asked.push('configure')
    this.#written.set(path, request.payload.toString())
    return 0x44
  }

  #execute(path: string, request: Coap): Coap {
    if (path === '/9') {
      const instance = this.software.create()
      return message(0x41, {
        options: [
          [8, Buffer.from('9')],
          [8, Buffer.from(String(instance))],
        ],
      })
    }
    const [object, instance, resource] = path.split('/').slice(1).map(Number)
    if (path === '/5/0/2') return message(this.firmware.update())
    if (object === 9) return message(this.software.execute(instance!, resource!, request.payload.toString()))
    if (path !== '/3/0/4') return message(0x85)
    this.asked.push('restart')
    setImmediate(() => void this.#restartAlone())
    return message(0x44)
  }

  #notify(): void {
    for (const [path, observed] of this.#observed) {
      const found = this.#resources().filter(([each]) => each === path)
      const format = observed.accept ?? formats.text
      const options: [number, Buffer][] = [
        [6, whole(++observed.sequence)],
        [12, whole(format)],
      ]
      this.endpoint.tell(
        message(0x45, { token: observed.token, options, payload: write(format, new Map(found), path) }),
      )
    }
  }
}

/** One block of a long answer (RFC 7959, 2.4). */
function sliced(request: Coap, options: [number, Buffer][], payload: Buffer): Coap {
  const asked = numberOption(request, 23)
  if (payload.length <= blockBytes && asked === undefined) return message(0x45, { options: byNumber(options), payload })
  const size = Math.min(blockBytes, 16 << ((asked ?? 6) & 7))
  const number = (asked ?? 0) >> 4
  const part = payload.subarray(number * size, (number + 1) * size)
  const more = (number + 1) * size < payload.length
  const block: [number, Buffer] = [23, whole(number * 16 + (more ? 8 : 0) + Math.log2(size) - 4)]
  return message(0x45, { options: byNumber([...options, block]), payload: part.length > 0 ? part : none })
}

function byNumber(options: [number, Buffer][]): [number, Buffer][] {
  return options.toSorted(([one], [other]) => one - other)
}
