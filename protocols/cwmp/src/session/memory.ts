import type { Digest, InstallRole, Unit } from '@sutler/device-model'

/**
 * What is kept of a device between its sessions, in the database: any hub can go on from it. Never changed in place.
 * Bounded: at most `workLimit` works, 200 names, 32 placed units.
 */
export interface Memory {
  readonly format: 1
  /** As registration knows it: `OUI-ProductClass-SerialNumber`. */
  readonly identity: string
  /** `Device.` or `InternetGatewayDevice.`; empty before the first Inform that shows it. */
  readonly root: string
  /** What GetRPCMethods said; null while it has not been asked, or cannot be. */
  readonly methods: readonly string[] | null
  /** Methods that were answered with 9000. */
  readonly refused: readonly string[]
  /** Parameters of interest that the device has said it has, relative to the root; null while it has not been asked. */
  readonly names: readonly string[] | null
  readonly softwareVersion: string
  readonly connectionRequestUrl: string
  /** The capability report has been told since the last bootstrap or change of firmware. */
  readonly told: boolean
  /**
   * The management settings that the device was given last, by their ParameterKey. `shown`: it has named that key since, as it
   * should; `refused`: it would not take them, and is not asked again until it is reset.
   */
  readonly settled: { readonly key: string; readonly state: 'given' | 'shown' | 'refused' }
  readonly works: readonly Work[]
  /** The firmware as it was last proved: under which name it is reported. */
  readonly firmware: Unit | null
  /** What was installed and cannot be read back from the device. */
  readonly placed: readonly Unit[]
  /** The newest intention per service that was begun: older ones are stale, in whatever order they come. */
  readonly epochs: Readonly<Record<string, number>>
  /** Outputs that were taken last: the queue may still show them for a moment. */
  readonly taken: readonly number[]
}

/** One output that the device works on. Its CommandKey is made of the output's id. */
export interface Work {
  readonly output: number
  readonly kind: 'install' | 'remove' | 'log'
  /** Empty where there is none. */
  readonly delivery: string
  readonly service: string
  readonly epoch: number
  readonly role: InstallRole
  /** What the device will say when it is done; for a removal, what it says now. */
  readonly unit: Unit
  readonly means: 'download' | 'units' | 'upload'
  /**
   * asked: to be sent, or sent without an answer so far · started: the device has accepted it · transferred: the device has
   * said that it is done, the proof is missing.
   */
  readonly state: 'asked' | 'started' | 'transferred'
  /** Sent at least once: the device may have it although it did not answer. */
  readonly sent: boolean
  readonly manifest: Digest
  /** Which of the manifest's files is under way. */
  readonly file: number
  /** UUID of the deployment unit. */
  readonly uuid: string
  /** What the device said when it was done; null before, and where it says nothing. */
  readonly said: Unit | null
  /** Sessions since it was transferred in which the proof was missing. */
  readonly missed: number
  /** Nobody waits for it any more, but the device cannot be stopped: it holds nothing up. */
  readonly abandoned: boolean
  /** Of a `collect-log`. */
  readonly log: { readonly request: string; readonly bytes: number } | null
}

export const workLimit = 8
const placedLimit = 32
const takenLimit = 32
const epochLimit = 64

export function emptyMemory(identity: string): Memory {
  return {
    format: 1,
    identity,
    root: '',
    methods: null,
    refused: [],
    names: null,
    softwareVersion: '',
    connectionRequestUrl: '',
    told: false,
    settled: { key: '', state: 'given' },
    works: [],
    firmware: null,
    placed: [],
    epochs: {},
    taken: [],
  }
}

/**
 * What was remembered; empty where nothing was, or in a form that is not known any more.
 * @param identity where it is known anew; else the one that was remembered
 */
export function memoryOf(value: unknown, identity?: string): Memory {
  const known = typeof value === 'object' && value !== null && (value as Memory).format === 1
  const memory = known ? { ...emptyMemory(''), ...(value as Memory) } : emptyMemory('')
  return identity === undefined ? memory : { ...memory, identity }
}

export function withWork(memory: Memory, work: Work): Memory {
  const others = memory.works.filter(({ output }) => output !== work.output)
  return { ...memory, works: [...others, work] }
}

export function withoutWork(memory: Memory, output: number): Memory {
  return { ...memory, works: memory.works.filter((work) => work.output !== output) }
}

export function withPlaced(memory: Memory, unit: Unit): Memory {
  const others = memory.placed.filter(({ name }) => name !== unit.name)
  return { ...memory, placed: [...others, unit].slice(-placedLimit) }
}

export function withEpoch(memory: Memory, service: string, epoch: number): Memory {
  const others = Object.entries(memory.epochs).filter(([name]) => name !== service)
  return { ...memory, epochs: Object.fromEntries([...others, [service, epoch] as const].slice(-epochLimit)) }
}

export function withTaken(memory: Memory, outputs: readonly number[]): Memory {
  return outputs.length === 0 ? memory : { ...memory, taken: [...memory.taken, ...outputs].slice(-takenLimit) }
}

export function withRefused(memory: Memory, method: string): Memory {
  return memory.refused.includes(method) ? memory : { ...memory, refused: [...memory.refused, method] }
}

/** Whether the device may know the method: it has not refused it, and has not left it out of its list. */
export function mayKnow({ methods, refused }: Memory, method: string): boolean {
  return !refused.includes(method) && (methods === null || methods.includes(method))
}

/** TR-069: a CommandKey has at most 32 characters. */
export function commandKeyOf({ output, file }: Pick<Work, 'output' | 'file'>): string {
  return file === 0 ? `s${output}` : `s${output}.${file}`
}

/** The work that a CommandKey belongs to; undefined for a key of someone else. */
export function workOf({ works }: Memory, commandKey: string): Work | undefined {
  return works.find((work) => commandKeyOf(work) === commandKey.trim())
}
