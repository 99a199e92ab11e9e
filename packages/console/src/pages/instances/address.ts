/** Model and id of an instance’s URL, `model:<name>@<version>/<id>?…`; null when it is none. */
export function addressOf(url: string): { readonly model: string; readonly id: string } | null {
  const match = /^model:([^@/]+)(?:@[^/]+)?\/([^?]+)/.exec(url)
  if (match === null) return null
  const [, model = '', id = ''] = match
  try {
    return { model, id: decodeURIComponent(id) }
  } catch {
    return { model, id }
  }
}
