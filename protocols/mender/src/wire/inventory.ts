import { MenderError } from '../errors.ts'
import { asList, asObject, isList, textField } from './fields.ts'
import { limits, readJson, type Json } from './json.ts'

export const inventoryClause = 'inventory v1, attributes'

/** Name → value; a list's values are joined by a comma. */
export type Attributes = ReadonlyMap<string, string>

/**
 * `PUT|PATCH /api/devices/v1/inventory/device/attributes`: `[{name, value, description?}]`, value a text, a number, or a list of them.
 * @throws MenderError `malformed`, `too-large`, `bad-field`
 */
export function readInventory(body: Uint8Array): Attributes {
  const read = readJson(body, inventoryClause, limits.inventoryBytes)
  const attributes = new Map<string, string>()
  for (const [index, entry] of asList(read, 'the body', inventoryClause, limits.attributes).entries()) {
    const attribute = asObject(entry, `attribute ${index}`, inventoryClause)
    attributes.set(textField(attribute, 'name', inventoryClause), valueOf(attribute.get('value'), index))
  }
  return attributes
}

function valueOf(value: Json | undefined, index: number): string {
  const texts = (isList(value) ? value : [value]).map((one) => {
    if (typeof one === 'string') return one
    if (typeof one === 'number' || typeof one === 'boolean') return String(one)
    // A client sends null where a script printed nothing.
    if (one === null) return ''
    throw new MenderError(
      'bad-field',
      inventoryClause,
      `value of attribute ${index} must be a text, a number or a list`,
    )
  })
  return texts.join(',').slice(0, limits.text)
}
