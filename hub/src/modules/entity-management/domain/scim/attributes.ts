/** What SCIM says of an attribute (RFC 7643, 2 and 7), as far as this hub uses it. */
export interface Attribute {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'dateTime' | 'reference' | 'complex'
  readonly description: string
  readonly multiValued: boolean
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable'
  readonly returned: 'always' | 'default'
  readonly uniqueness: 'none' | 'server'
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes: readonly Attribute[]
}

type More = Partial<Omit<Attribute, 'name' | 'type' | 'description' | 'subAttributes'>>

const usual = {
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  subAttributes: [],
} as const satisfies Partial<Attribute>

export function text(name: string, description: string, more: More = {}): Attribute {
  return { ...usual, name, type: 'string', description, ...more }
}

export function flag(name: string, description: string, more: More = {}): Attribute {
  return { ...usual, name, type: 'boolean', description, ...more }
}

export function time(name: string, description: string): Attribute {
  return { ...usual, name, type: 'dateTime', description, mutability: 'readOnly' }
}

export function reference(name: string, description: string, types: readonly string[], more: More = {}): Attribute {
  return { ...usual, name, type: 'reference', description, caseExact: true, referenceTypes: types, ...more }
}

export function complex(
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  more: More = {},
): Attribute {
  return { ...usual, name, type: 'complex', description, subAttributes, ...more }
}

/** Several values with a type each, one of which may be the primary one (RFC 7643, 2.4). */
export function typedValues(name: string, description: string, canonicalValues: readonly string[]): Attribute {
  return complex(
    name,
    description,
    [
      text('value', 'The value itself.'),
      text('display', 'As people read it.'),
      text('type', 'What it is for.', { canonicalValues }),
      flag('primary', 'The preferred one; at most one is.'),
    ],
    { multiValued: true },
  )
}
