import type { Model } from '@sutler/engine'
import { prerelease } from 'semver'
import type { ModelFinding } from '../authored.ts'

/**
 * What the platform relies on in a model that fills a role: the shipped one, or an operator's own in its place. The role's name is
 * the model's name, so that whoever addresses an instance need not know which version it runs on.
 */
export interface RoleContract {
  readonly role: string
  readonly title: string
  /** Signals that it is sent, with the types of their arguments as a declaration has them; `?` = left out at times. */
  readonly signals: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Arguments that it is called with; others it finds nowhere. Absent = it is nobody's subinstance. */
  readonly called?: readonly string[]
  /** What its caller hears of it. */
  readonly returns?: readonly string[]
  /** States that are read from outside. */
  readonly states: readonly string[]
  /** Tasks without which the rows beside it would not follow. */
  readonly tasks: readonly string[]
  /** Roles that it calls, and signals that it sends to them. */
  readonly calls?: readonly string[]
  readonly sends?: Readonly<Record<string, readonly string[]>>
}

/** Everything in which a model does not keep a contract; none = it may fill the role. Pure. */
export function contractFindings(contract: RoleContract, model: Model): ModelFinding[] {
  return [
    ...signalFindings(contract, model),
    ...lacking('state', contract.states, model.states, '/states'),
    ...lacking('task', contract.tasks, tasksOf(model), '/transitions'),
    ...lacking('returned value', contract.returns ?? [], Object.keys(model.returns ?? {}), '/returns'),
    ...lacking('call of a model', contract.calls ?? [], calledBy(model), '/transitions'),
    ...Object.entries(contract.sends ?? {}).flatMap(([role, signals]) =>
      lacking(`signal to ${role}`, signals, sentTo(model, role), '/transitions'),
    ),
  ]
}

/** A later hub brings versions of its own: a person's version must not be in their way. */
export function versionFindings({ model, version }: Model): ModelFinding[] {
  if (prerelease(version) !== null) return []
  const message = `${version} could be a version of ${model} that a later hub brings: name your own ${version}-<yours>.1`
  return [finding('/version', message)]
}

function signalFindings({ signals }: RoleContract, model: Model): ModelFinding[] {
  return Object.entries(signals).flatMap(([name, sent]) => {
    const pointer = `/signals/${name}`
    const declared = model.signals?.[name]
    if (declared === undefined) return [finding('/signals', `the signal ${name} is not declared`)]
    const taken = declared.args ?? {}
    const missing = Object.entries(sent).flatMap(([argument, type]) => {
      const own = taken[argument]
      if (own === undefined) return [finding(pointer, `the signal ${name} does not take the argument ${argument}`)]
      if (bare(own) !== bare(type) && bare(own) !== 'any')
        return [
          finding(`${pointer}/args/${argument}`, `${argument} of ${name} is ${bare(own)}, it is sent as ${bare(type)}`),
        ]
      return type.endsWith('?') && !own.endsWith('?')
        ? [finding(`${pointer}/args/${argument}`, `${argument} of ${name} is left out at times: declare it with ?`)]
        : []
    })
    const unsent = Object.entries(taken)
      .filter(([argument, type]) => sent[argument] === undefined && !type.endsWith('?'))
      .map(([argument]) =>
        finding(`${pointer}/args/${argument}`, `nobody sends ${argument} with ${name}: declare it with ?`),
      )
    return [...missing, ...unsent]
  })
}

function bare(type: string): string {
  return type.replace(/\?$/, '')
}

function lacking(what: string, wanted: readonly string[], there: readonly string[], pointer: string): ModelFinding[] {
  return wanted.filter((name) => !there.includes(name)).map((name) => finding(pointer, `there is no ${what} ${name}`))
}

function finding(pointer: string, message: string): ModelFinding {
  return { code: 'contract', severity: 'error', pointer, message }
}

function tasksOf({ transitions }: Model): string[] {
  return transitions.flatMap(({ tasks = [] }) => tasks.map(({ task }) => task))
}

function calledBy({ transitions }: Model): string[] {
  return transitions.flatMap(({ call = [] }) => call.map(({ url }) => modelIn(url)))
}

/** Signals to instances of a model, and to subinstances, whoever they are. */
function sentTo({ transitions }: Model, role: string): string[] {
  return transitions.flatMap(({ emit = [] }) =>
    emit.flatMap(({ signal, to = '' }) => (modelIn(to) === role || to.startsWith('child:') ? [signal] : [])),
  )
}

function modelIn(url: string): string {
  return /^model:([^/@{]+)/.exec(url)?.[1] ?? ''
}
