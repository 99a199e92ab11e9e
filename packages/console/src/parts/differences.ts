/** One value of a document that is not what it was; a side without it has `undefined`. */
export interface Difference {
  /** `os.version`, `installed[2]`. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * What differs between two JSON documents, in order of path; objects are entered, and lists of things that are the same on both
 * sides in another order are not told.
 */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .toSorted()
      .flatMap((key) => differences(before[key], after[key], path === '' ? key : `${path}.${key}`))
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path)
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
}

function ofLists(before: readonly unknown[], after: readonly unknown[], path: string): Difference[] {
  const [had, has] = [before, after].map((list) => new Map(list.map((each) => [JSON.stringify(each), each])))
  const gone = [...had!]
    .filter(([text]) => !has!.has(text))
    .map(([, value]) => ({ path, before: value, after: undefined }))
  const added = [...has!]
    .filter(([text]) => !had!.has(text))
    .map(([, value]) => ({ path, before: undefined, after: value }))
  return [...gone, ...added]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
