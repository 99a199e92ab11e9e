/**
 * What the device and the origin of its apps say to one another, over a port that only the two have. Apps run on an origin of their own:
 * neither the hub's session nor the device's key is theirs. Each request has one answer with its id.
 */
export type AppsRequest =
  /** @returns `AppsInUse` */
  | { readonly t: 'list' }
  /** One file of a version that is not in use yet. */
  | {
      readonly t: 'put'
      readonly service: string
      readonly directory: string
      readonly path: string
      readonly bytes: ArrayBuffer
    }
  /** From now on this version is the app; all its files were put. */
  | { readonly t: 'use'; readonly service: string; readonly directory: string }
  | { readonly t: 'drop'; readonly service: string }
  /** Opens a page of the app unseen and waits for its word. @returns `Judgement` */
  | { readonly t: 'check'; readonly service: string; readonly path: string; readonly timeout: number }
  /** Removes all apps, and all that they have stored. */
  | { readonly t: 'clear' }

/** Service → the version's directory in use. */
export type AppsInUse = Readonly<Record<string, string>>

export interface Judgement {
  readonly healthy: boolean
  readonly detail: string
  readonly timedOut: boolean
}

export interface AppsQuestion {
  readonly id: number
  readonly request: AppsRequest
}

export interface AppsAnswer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** Said by the frame of the apps' origin when it is ready, and answered with the port. */
export const appsReady = 'sutler-apps-ready'
export const appsPort = 'sutler-apps-port'

/** Names of caches on the apps' origin: what is in use, and the files of a version. */
export const inUseCache = 'in use'
export const versionCache = (service: string, directory: string): string => `${service} ${directory}`

/** Where an app is, on its origin. @param path of a file, `/`-separated */
export function addressOf(service: string, path: string): string {
  return `/${service}/${path.split('/').map(encodeURIComponent).join('/')}`
}
