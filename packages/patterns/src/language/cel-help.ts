/** What can be used in expressions, one sentence each: shown on hover and beside completions. */

export const variableHelp: Readonly<Record<string, string>> = {
  args: 'The arguments of the signal that the transition is on.',
  data: 'Instance data.',
  shared: 'Model data, shared by all instances of the model.',
  states: 'The states that are current, as a sorted list: "x" in states.',
  call: 'The arguments that this model was called with.',
  id: 'The id of this instance.',
  now: 'The time of this step, a timestamp.',
}

interface FunctionHelp {
  /** How it is called. */
  readonly form: string
  readonly says: string
}

/** Functions that stand by themselves. */
export const functionHelp: Readonly<Record<string, FunctionHelp>> = {
  has: { form: 'has(data.x)', says: 'Whether there is such a field.' },
  size: { form: 'size(x)', says: 'Length of a text, a list or a map.' },
  string: { form: 'string(x)', says: 'The value as text.' },
  int: { form: 'int(x)', says: 'The value as a whole number.' },
  double: { form: 'double(x)', says: 'The value as a number.' },
  bool: { form: 'bool(x)', says: 'The text "true" or "false" as a bool.' },
  bytes: { form: 'bytes(x)', says: 'The text as bytes.' },
  timestamp: { form: 'timestamp(text)', says: 'RFC 3339 text as an instant.' },
  duration: { form: 'duration(text)', says: 'Text such as 15m or PT15M as a duration.' },
  type: { form: 'type(x)', says: 'The type of a value.' },
  dyn: { form: 'dyn(x)', says: 'The value without its type.' },
}

/** Functions of a value, called behind a dot. */
export const methodHelp: Readonly<Record<string, FunctionHelp>> = {
  contains: { form: 'text.contains(part)', says: 'Whether the text holds the other.' },
  startsWith: { form: 'text.startsWith(part)', says: 'Whether the text begins with the other.' },
  endsWith: { form: 'text.endsWith(part)', says: 'Whether the text ends with the other.' },
  matches: { form: 'text.matches(pattern)', says: 'Whether the RE2 pattern is found in the text.' },
  size: { form: 'x.size()', says: 'Length of a text, a list or a map.' },
  all: { form: 'list.all(x, test)', says: 'Whether the test is true of every element.' },
  exists: { form: 'list.exists(x, test)', says: 'Whether the test is true of at least one element.' },
  exists_one: { form: 'list.exists_one(x, test)', says: 'Whether the test is true of exactly one element.' },
  map: { form: 'list.map(x, value)', says: 'The list of the values made from the elements.' },
  filter: { form: 'list.filter(x, test)', says: 'The elements of which the test is true.' },
  getFullYear: { form: 'instant.getFullYear()', says: 'The year in UTC.' },
  getMonth: { form: 'instant.getMonth()', says: 'The month in UTC, from 0.' },
  getDate: { form: 'instant.getDate()', says: 'The day of the month in UTC, from 1.' },
  getDayOfWeek: { form: 'instant.getDayOfWeek()', says: 'The day of the week in UTC, from 0 for Sunday.' },
  getHours: { form: 'instant.getHours()', says: 'The hour in UTC, or the whole hours of a duration.' },
  getMinutes: { form: 'instant.getMinutes()', says: 'The minute in UTC, or the whole minutes of a duration.' },
  getSeconds: { form: 'instant.getSeconds()', says: 'The second in UTC, or the whole seconds of a duration.' },
}
