/** SQL in the making: text of our own, and values that go into it as parameters only. */
export class SqlText {
  readonly parts: readonly (string | Parameter)[]

  constructor(parts: readonly (string | Parameter)[]) {
    this.parts = parts
  }
}

/** A value from outside, and the type that PostgreSQL reads it as. */
export class Parameter {
  readonly value: ParameterValue
  readonly type: ParameterType

  constructor(value: ParameterValue, type: ParameterType) {
    this.value = value
    this.type = type
  }
}

export type ParameterValue = string | number | boolean | readonly string[] | readonly number[] | readonly boolean[]
export type ParameterType = 'text' | 'float8' | 'bool' | 'timestamptz' | 'text[]' | 'float8[]' | 'bool[]'

/** SQL as a tagged template: what is put in is SQL, too. Text from outside is put in by `parameter` only. */
export function sql(strings: TemplateStringsArray, ...inner: readonly SqlText[]): SqlText {
  return new SqlText(strings.flatMap((text, index) => [...(text === '' ? [] : [text]), ...(inner[index]?.parts ?? [])]))
}

/** Text that is part of the program. */
export function trusted(text: string): SqlText {
  return new SqlText([text])
}

export function parameter(value: ParameterValue, type: ParameterType): SqlText {
  return new SqlText([new Parameter(value, type)])
}

export function joined(texts: readonly SqlText[], between: string): SqlText {
  return new SqlText(texts.flatMap((text, index) => (index === 0 ? text.parts : [between, ...text.parts])))
}

/** As a template's strings and values; between two strings there is always one value. */
export interface Template {
  readonly strings: readonly string[]
  readonly values: readonly ParameterValue[]
}

export function template({ parts }: SqlText): Template {
  const strings = ['']
  const values: ParameterValue[] = []
  for (const part of parts) {
    if (typeof part === 'string') strings[strings.length - 1] += part
    else {
      values.push(part.value)
      strings.push(`::${part.type}`)
    }
  }
  return { strings, values }
}
