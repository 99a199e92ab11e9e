import { utf8Length } from '../codec/cbor-encode.ts'
import { limits } from '../limits.ts'

/** What is wrong with one path of a component. `detail` is a sentence without the path. */
export interface Finding {
  readonly path: string
  readonly code: FindingCode
  readonly detail: string
}

export type FindingCode =
  | 'empty'
  | 'too-long'
  | 'too-deep'
  | 'not-text'
  | 'control-character'
  | 'backslash'
  | 'colon'
  | 'absolute'
  | 'segment'
  | 'trailing'
  | 'device-name'
  | 'not-nfc'
  | 'duplicate'
  | 'collision'
  | 'too-many'

/** Longest file name of the common file systems, in bytes. */
const segmentBytes = 255

// Windows reserves these with any extension; the superscript digits count as digits there.
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i

/**
 * Checks a component's paths, each on its own and against the others: a path must name the same one file on every file
 * system, inside the component's directory. Publishing and the agent use the same rules.
 * @returns findings in the order of the paths, the first one of each path; empty when all are good
 */
export function checkPaths(paths: readonly string[]): Finding[] {
  const findings: Finding[] = []
  if (paths.length > limits.filesPerComponent) {
    const detail = `a component has at most ${limits.filesPerComponent} files, this one has ${paths.length}`
    return [{ path: paths[limits.filesPerComponent]!, code: 'too-many', detail }]
  }
  const names = new Names()
  for (const path of paths) {
    const problem = pathProblem(path) ?? names.add(path)
    if (problem) findings.push({ path, ...problem })
  }
  return findings
}

type Problem = Omit<Finding, 'path'>

function problem(code: FindingCode, detail: string): Problem {
  return { code, detail }
}

function pathProblem(path: string): Problem | null {
  if (path === '') return problem('empty', 'the path is empty')
  if (!path.isWellFormed()) return problem('not-text', 'it has half of a surrogate pair')
  if (utf8Length(path) > limits.pathBytes) return problem('too-long', `it is longer than ${limits.pathBytes} bytes`)
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(path))
    return problem('control-character', 'it has a NUL or control character')
  if (path.includes('\\')) return problem('backslash', 'it has a backslash; separate directories by /')
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return problem('absolute', 'it is absolute')
  if (path.includes(':')) return problem('colon', 'it has a colon, which names a stream or drive on Windows')
  if (path.normalize('NFC') !== path) return problem('not-nfc', 'it is not in Unicode normalisation form C')
  const segments = path.split('/')
  if (segments.length > limits.pathSegments)
    return problem('too-deep', `it has more than ${limits.pathSegments} segments`)
  for (const segment of segments) {
    const found = segmentProblem(segment)
    if (found) return found
  }
  return null
}

function segmentProblem(segment: string): Problem | null {
  if (segment === '') return problem('segment', 'it has an empty segment')
  if (segment === '.' || segment === '..') return problem('segment', `it has a ${segment} segment`)
  if (/[. ]$/.test(segment)) return problem('trailing', `${JSON.stringify(segment)} ends in a dot or space`)
  const stem = segment.split('.', 1)[0]!.trimEnd()
  if (deviceName.test(stem)) return problem('device-name', `${JSON.stringify(segment)} is a device on Windows`)
  if (utf8Length(segment) > segmentBytes) return problem('too-long', `a segment is longer than ${segmentBytes} bytes`)
  return null
}

interface Name {
  /** As first written. */
  readonly segment: string
  /** The path that it was first seen in. */
  readonly path: string
  /** null = a file. */
  readonly children: Map<string, Name> | null
}

/** The names in use, as a file system sees them that ignores case, normalisation and invisible characters. */
class Names {
  readonly #root = new Map<string, Name>()

  add(path: string): Problem | null {
    const segments = path.split('/')
    const file = segments.pop()!
    let directory = this.#root
    for (const segment of segments) {
      const folded = fold(segment)
      const known = directory.get(folded)
      if (known?.children === null) return clash(`its directory is also the file ${JSON.stringify(known.path)}`)
      if (known && known.segment !== segment) return clash(differsOnlyIn(known.path))
      const children = known?.children ?? new Map<string, Name>()
      if (!known) directory.set(folded, { segment, path, children })
      directory = children
    }
    return this.#addFile(directory, file, path)
  }

  #addFile(directory: Map<string, Name>, segment: string, path: string): Problem | null {
    const folded = fold(segment)
    const known = directory.get(folded)
    if (known?.path === path) return problem('duplicate', 'it is listed twice')
    if (known?.children) return clash(`it is also the directory of ${JSON.stringify(known.path)}`)
    if (known) return clash(differsOnlyIn(known.path))
    directory.set(folded, { segment, path, children: null })
    return null
  }
}

function clash(detail: string): Problem {
  return problem('collision', detail)
}

function differsOnlyIn(other: string): string {
  return `it differs from ${JSON.stringify(other)} only in case or in invisible characters`
}

function fold(segment: string): string {
  if (/^[ -~]*$/.test(segment)) return segment.toLowerCase()
  // Upper then lower case, so that ß, ſ and the final sigma fall together with what they are elsewhere.
  const visible = segment.normalize('NFD').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
  return visible.toUpperCase().toLowerCase().normalize('NFC')
}
