import { DdiError } from '../errors.ts'

/** What a request is about. */
export type Resource =
  | { readonly kind: 'base' | 'configData' | 'confirmationBase' | 'installedVersion' }
  | { readonly kind: 'activateAutoConfirm' | 'deactivateAutoConfirm' }
  | {
      readonly kind:
        | 'deployment'
        | 'deploymentFeedback'
        | 'confirmation'
        | 'confirmationFeedback'
        | 'cancel'
        | 'cancelFeedback'
        | 'installed'
        | 'artifacts'
      readonly action: number
    }
  | { readonly kind: 'artifact' | 'md5sum'; readonly action: number; readonly file: string }

export interface Address {
  readonly tenant: string
  readonly controller: string
  readonly resource: Resource
  /** `actionHistory`: 0 for none, negative for all. */
  readonly history: number
}

/** Some clients are set up with the `/rest` prefix of hawkBit's older versions. */
const shape = /^(?:\/rest)?\/([^/?]+)\/controller\/v1\/([^/?]+)(\/[^?]*)?(?:\?(.*))?$/
const idShape = /^[1-9]\d{0,14}$/
export const md5Suffix = '.MD5SUM'

/** Whether a URL (path and query) is DDI's. */
export function isDdi(url: string): boolean {
  return url.includes('/controller/v1/') && shape.test(url)
}

/** @throws DdiError `not-found` */
export function readAddress(url: string): Address {
  const match = shape.exec(url)
  if (!match) throw unknown()
  const [, tenant, controller, rest, query] = match
  return {
    tenant: nameOf(tenant!),
    controller: nameOf(controller!),
    resource: rest === undefined || rest === '/' ? base : resourceOf(rest.slice(1).split('/')),
    history: query === undefined ? 0 : historyOf(query),
  }
}

const base: Resource = { kind: 'base' }
const actionResources = {
  deploymentBase: ['deployment', 'deploymentFeedback'],
  confirmationBase: ['confirmation', 'confirmationFeedback'],
  cancelAction: ['cancel', 'cancelFeedback'],
  installedBase: ['installed', null],
} as const
const plainResources = {
  configData: 'configData',
  confirmationBase: 'confirmationBase',
  installedBase: 'installedVersion',
} as const

function resourceOf(given: readonly string[]): Resource {
  const parts = given.at(-1) === '' ? given.slice(0, -1) : given
  const [first = '', second, third, fourth] = parts
  if (parts.length === 1 && Object.hasOwn(plainResources, first))
    return { kind: plainResources[first as keyof typeof plainResources] }
  if (parts.length === 2 && first === 'confirmationBase' && /^(de)?activateAutoConfirm$/.test(second!))
    return { kind: second as 'activateAutoConfirm' | 'deactivateAutoConfirm' }
  if (first === 'softwaremodules' && third === 'artifacts') return artifactOf(idOf(second), parts.length, fourth)
  if (!Object.hasOwn(actionResources, first)) throw unknown()
  const [itself, feedback] = actionResources[first as keyof typeof actionResources]
  if (parts.length === 2) return { kind: itself, action: idOf(second) }
  if (parts.length === 3 && third === 'feedback' && feedback !== null) return { kind: feedback, action: idOf(second) }
  throw unknown()
}

function artifactOf(action: number, parts: number, name: string | undefined): Resource {
  if (parts === 3) return { kind: 'artifacts', action }
  if (parts !== 4) throw unknown()
  const file = nameOf(name!)
  return file.endsWith(md5Suffix)
    ? { kind: 'md5sum', action, file: file.slice(0, -md5Suffix.length) }
    : { kind: 'artifact', action, file }
}

function idOf(text: string | undefined): number {
  if (text === undefined || !idShape.test(text)) throw unknown()
  return Number(text)
}

/** A name of the path: decoded, bounded, without control characters. */
function nameOf(text: string): string {
  if (/^[\w.-]{1,256}$/.test(text)) return text
  let name: string
  try {
    name = decodeURIComponent(text)
  } catch (cause) {
    throw new DdiError('not-found', 'address', 'a part of the path is not percent-encoded UTF-8', { cause })
  }
  if (name.length > 256 || /[\p{Cc}\p{Cs}/]/u.test(name)) throw unknown()
  return name
}

function historyOf(query: string): number {
  const given = /(?:^|&)actionHistory=(-?\d{1,6})(?:&|$)/.exec(query)?.[1]
  return given === undefined ? 0 : Number(given)
}

function unknown(): DdiError {
  return new DdiError('not-found', 'address', 'no such resource of the controller')
}

/** Where a controller's resources are: an absolute URL, without `/` at the end. */
export function controllerUrl(origin: string, tenant: string, controller: string): string {
  return `${origin}/${encodeURIComponent(tenant)}/controller/v1/${encodeURIComponent(controller)}`
}
