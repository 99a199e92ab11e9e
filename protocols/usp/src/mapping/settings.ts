import type { RequestDraft } from '../wire/index.ts'

type SetDraft = Extract<RequestDraft, { case: 'set' }>['value']

/** Settings by parameter path as one Set, all or none (R-SET.1). */
export function settingsOf(settings: Readonly<Record<string, string | number | boolean>>): SetDraft {
  const byObject = Map.groupBy(Object.entries(settings), ([path]) => path.slice(0, path.lastIndexOf('.') + 1))
  const updateObjs = [...byObject].map(([objPath, params]) => ({
    objPath,
    paramSettings: params.map(([path, value]) => ({
      param: path.slice(objPath.length),
      value: String(value),
      required: true,
    })),
  }))
  return { allowPartial: false, updateObjs }
}
