import { child, node, textOf, type SoapNode } from '../soap/node.ts'
import type { DataModel } from '../model/data-model.ts'
import type { Job, UnitJob } from './jobs.ts'

/** What a method may look at and change. */
export interface MethodContext {
  readonly model: DataModel
  readonly jobs: Job[]
  /** It names the ParameterKey that it is given. */
  readonly keepsKey: boolean
  /** Done before its answer. */
  doneAtOnce(job: Job): Promise<boolean>
  /** Seconds until a `3 SCHEDULED`, with its key. */
  schedule(seconds: number, commandKey: string): void
}

export class MethodFault extends Error {
  readonly code: number
  readonly parameters: readonly { readonly name: string; readonly code: number }[]

  constructor(
    code: number,
    detail: string,
    parameters: readonly { readonly name: string; readonly code: number }[] = [],
  ) {
    super(detail)
    this.name = 'MethodFault'
    this.code = code
    this.parameters = parameters
  }
}

type Method = (context: MethodContext, request: SoapNode) => Promise<SoapNode[]> | SoapNode[]

const unknownTime = '0001-01-01T00:00:00Z'
const flag = (text: string) => text === '1' || text === 'true'

/** The CPE's methods; each answers with the fields of its response. */
export const methods: Readonly<Record<string, Method>> = {
  GetRPCMethods: () => [
    node(
      'MethodList',
      Object.keys(methods).map((name) => node('string', name)),
    ),
  ],
  GetParameterNames({ model }, request) {
    const path = textOf(request, 'ParameterPath')
    const below = model.below(path || model.root)
    if (below === null) throw new MethodFault(9005, `no such path: ${path}`)
    const next = flag(textOf(request, 'NextLevel'))
    const names = next ? model.level(path) : below.map(([name]) => name)
    const info = names.map((name) =>
      node('ParameterInfoStruct', [node('Name', name), node('Writable', model.at(name)?.writable ? 1 : 0)]),
    )
    return [node('ParameterList', info)]
  },
  GetParameterValues({ model }, request) {
    const found = named(model, request)
    const values = found.map(([name, { value, type }]) =>
      node('ParameterValueStruct', [node('Name', name), node('Value', name.endsWith('Password') ? '' : value, type)]),
    )
    return [node('ParameterList', values)]
  },
  SetParameterValues(context, request) {
    const { model } = context
    const wanted = child(request, 'ParameterList')?.children ?? []
    const wrong = wanted.flatMap((entry) => {
      const name = textOf(entry, 'Name')
      const parameter = model.at(name)
      if (!parameter) return [{ name, code: 9005 }]
      return parameter.writable ? [] : [{ name, code: 9008 }]
    })
    if (wrong.length > 0) throw new MethodFault(9003, 'Invalid arguments', wrong)
    for (const entry of wanted) {
      const parameter = model.at(textOf(entry, 'Name'))
      if (parameter) parameter.value = textOf(entry, 'Value')
    }
    if (context.keepsKey) model.put('ManagementServer.ParameterKey', textOf(request, 'ParameterKey'))
    return [node('Status', 0)]
  },
  GetParameterAttributes({ model }, request) {
    const found = named(model, request).map(([name, { notification }]) =>
      node('ParameterAttributeStruct', [
        node('Name', name),
        node('Notification', notification),
        node('AccessList', [node('string', 'Subscriber')]),
      ]),
    )
    return [node('ParameterList', found)]
  },
  SetParameterAttributes({ model }, request) {
    for (const entry of child(request, 'ParameterList')?.children ?? []) {
      const below = model.below(textOf(entry, 'Name'))
      if (below === null) throw new MethodFault(9005, `no such parameter: ${textOf(entry, 'Name')}`)
      for (const [, parameter] of below) parameter.notification = Number(textOf(entry, 'Notification'))
    }
    return []
  },
  AddObject({ model }, request) {
    const instance = model.add(textOf(request, 'ObjectName'))
    if (instance === null) throw new MethodFault(9005, 'no such table')
    return [node('InstanceNumber', instance), node('Status', 0)]
  },
  DeleteObject({ model }, request) {
    if (!model.remove(textOf(request, 'ObjectName'))) throw new MethodFault(9005, 'no such row')
    return [node('Status', 0)]
  },
  Download: (context, request) => transfer(context, request, 'download'),
  Upload: (context, request) => transfer(context, request, 'upload'),
  GetAllQueuedTransfers({ jobs }) {
    const waiting = jobs.filter(({ kind }) => kind === 'download' || kind === 'upload')
    return [
      node(
        'TransferList',
        waiting.map((job) =>
          node('AllQueuedTransferStruct', [
            node('CommandKey', 'commandKey' in job ? job.commandKey : ''),
            node('State', 1),
          ]),
        ),
      ),
    ]
  },
  CancelTransfer({ jobs }, request) {
    const key = textOf(request, 'CommandKey')
    const at = jobs.findIndex((job) => 'commandKey' in job && job.commandKey === key)
    if (at === -1) throw new MethodFault(9021, 'no such transfer can be cancelled')
    jobs.splice(at, 1)
    return []
  },
  ChangeDUState({ jobs }, request) {
    const operations = (child(request, 'Operations')?.children ?? []).map(unitJob)
    jobs.push({ kind: 'units', commandKey: textOf(request, 'CommandKey'), operations })
    return []
  },
  Reboot({ jobs }, request) {
    jobs.push({ kind: 'reboot', commandKey: textOf(request, 'CommandKey') })
    return []
  },
  FactoryReset({ jobs }) {
    jobs.push({ kind: 'factory-reset' })
    return []
  },
  ScheduleInform(context, request) {
    context.schedule(Number(textOf(request, 'DelaySeconds')), textOf(request, 'CommandKey'))
    return []
  },
}

function named(model: DataModel, request: SoapNode) {
  const names = child(request, 'ParameterNames')?.children ?? []
  return names.flatMap(({ text }) => {
    const found = model.below(text)
    if (found === null) throw new MethodFault(9005, `no such parameter: ${text}`)
    return found
  })
}

async function transfer(context: MethodContext, request: SoapNode, kind: 'download' | 'upload'): Promise<SoapNode[]> {
  const of = (name: string) => textOf(request, name)
  const job: Job = {
    kind,
    commandKey: of('CommandKey'),
    fileType: of('FileType'),
    url: of('URL'),
    username: of('Username'),
    password: of('Password'),
    target: of('TargetFileName'),
  }
  const done = await context.doneAtOnce(job)
  if (!done && !context.jobs.some((other) => 'commandKey' in other && other.commandKey === job.commandKey))
    context.jobs.push(job)
  return [node('Status', done ? 0 : 1), node('StartTime', unknownTime), node('CompleteTime', unknownTime)]
}

function unitJob(entry: SoapNode): UnitJob {
  const of = (name: string) => textOf(entry, name)
  return {
    operation: entry.type || entry.name,
    uuid: of('UUID'),
    version: of('Version'),
    url: of('URL'),
    username: of('Username'),
    password: of('Password'),
  }
}
