import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { compositionFindings, compositionLimits, namePattern, type Composition } from '@sutler/composition'
import type { ServiceSource } from '../service-source.ts'
import { placeIn } from './json-place.ts'

/** What is wrong, or odd, about a service's source. */
export interface SourceFinding {
  readonly severity: 'error' | 'warning'
  /** `file:line:column`, or a file of the service. */
  readonly place: string
  readonly detail: string
  /** What to do. */
  readonly remedy: string
}

const titleLength = 200
/** Larger than this and every device fetches for a while, bytes. */
const large = 256 * 1_048_576

/** All that can be known of a source without a hub: by the rules by which a hub refuses, and by what people forget. */
export async function checkSource(directory: string, source: ServiceSource): Promise<SourceFinding[]> {
  const file = join(directory, 'service.json')
  const text = await readFile(file, 'utf8')
  const place = (pointer: string): string => placeIn(file, text, pointer)
  const { composition } = source
  const found: SourceFinding[] = headFindings(source).map(([pointer, detail, remedy]) => ({
    severity: 'error',
    place: place(pointer),
    detail,
    remedy,
  }))
  for (const { pointer, detail } of compositionFindings(source.id, composition as unknown as Composition))
    found.push({ severity: 'error', ...placed(source, pointer, place), detail, remedy: remedyFor(pointer) })
  return [...found, ...oddities(source, place)]
}

function headFindings({ id, title, details }: ServiceSource): [string, string, string][] {
  const found: [string, string, string][] = []
  if (!namePattern.test(id))
    found.push(['/id', `“${id}” is not an id: 2 to 63 of a–z, 0–9 and -, first a letter`, 'Choose another id.'])
  if (title.trim() === '' || title.length > titleLength)
    found.push(['/title', `has ${title.length} characters; 1 to ${titleLength} are possible`, 'Shorten it.'])
  const { parental } = details
  if (parental !== undefined && !(Number.isInteger(parental) && parental >= 0 && parental <= 18))
    found.push(['/parental', `${parental} is no age from 0 to 18`, 'Give a whole number, or leave it out.'])
  return found
}

/** Of a file in a component, the file itself: service.json names only directories. */
function placed({ composition, files }: ServiceSource, pointer: string, place: (pointer: string) => string) {
  const [, component, index] = /^\/components\/(\d+)\/files\/(\d+)\//.exec(pointer) ?? []
  const listed = composition.components[Number(component)]?.files[Number(index)]
  const file = listed === undefined ? undefined : files.get(listed.digest)
  return { place: file ?? place(pointer.replace(/\/files(\/.*)?$/, '/from')) }
}

function remedyFor(pointer: string): string {
  if (pointer.endsWith('/compatibility')) return 'Correct the CEL expression; docs/guide/publishing.md has examples.'
  if (pointer === '/version') return 'Give a semantic version, MAJOR.MINOR.PATCH.'
  if (pointer.includes('/files')) return 'Rename or remove the file, or map it elsewhere with “to”.'
  return 'Correct it; examples/services/service.schema.json describes the format.'
}

/** What can be published and hardly is meant to be. */
function oddities({ composition, files }: ServiceSource, place: (pointer: string) => string): SourceFinding[] {
  const found: SourceFinding[] = []
  const warn = (where: string, detail: string, remedy: string): void =>
    void found.push({ severity: 'warning', place: where, detail, remedy })
  for (const [at, component] of composition.components.entries()) {
    const paths = new Set(component.files.map(({ path }) => path))
    const [program, script] = component.health?.run ?? []
    if (
      program === 'node' &&
      script !== undefined &&
      !script.startsWith('-') &&
      !paths.has(script.replace(/^\.\//, ''))
    )
      warn(
        place(`/components/${at}/health/run/1`),
        `the health check runs ${script}, which ${component.name} does not have`,
        'Put the file into the component: a check that cannot run takes every device back.',
      )
    const bytes = component.files.reduce((sum, { size }) => sum + size, 0)
    if (bytes > large)
      warn(
        place(`/components/${at}`),
        `${component.name} has ${Math.round(bytes / 1_048_576)} MiB`,
        'Leave out what devices do not need.',
      )
    for (const { path, digest, size } of component.files) {
      const why = strange(path, size)
      if (why !== null)
        warn(files.get(digest) ?? path, `${path} in ${component.name} ${why}`, 'Move it out of the source.')
    }
  }
  return found
}

function strange(path: string, size: number): string | null {
  const name = basename(path)
  if (/\.(?:key|pem|p12|pfx|jks|keystore)$|^id_(?:rsa|ed25519|ecdsa)$|^\.env(?:\..*)?$|^\.npmrc$/.test(name))
    return 'looks like a secret: every device, and whoever opens one, would have it'
  if (/(?:^|\/)(?:\.git|\.svn|\.hg)\//.test(path)) return 'belongs to a version control system'
  if (/^(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(name) || name.endsWith('~') || name.endsWith('.swp'))
    return 'is a file of an editor or a desktop'
  return size > compositionLimits.fileBytes ? 'is larger than any file may be' : null
}
