import type { TypeOf, ValueType } from '../wire/values.ts'

/** Types of the resources of the objects that the hub reads and writes (OMA LwM2M Core 1.2, Appendix E; object 9: OMA-TS-LWM2M_SwMgmt). */
const letters: Readonly<Record<string, ValueType>> = {
  s: 'string',
  i: 'integer',
  f: 'float',
  b: 'boolean',
  o: 'opaque',
  t: 'time',
  l: 'objlnk',
}

/** One letter per resource, from resource 0 on; `x` is executable. */
const objects: Readonly<Record<number, string>> = {
  // 0 Security
  0: 'sbioooioosiiiisii',
  // 1 Server
  1: 'iiiixibsxxlitiibbiiiibsb',
  // 2 Access Control
  2: 'iiii',
  // 3 Device
  3: 'ssssxxiiiiiixtssssssiil',
  // 4 Connectivity Monitoring
  4: 'iiiissisiiiiii',
  // 5 Firmware Update
  5: 'osxibissiixiti',
  // 6 Location
  6: 'ffffotf',
  // 7 Connectivity Statistics
  7: 'iiiiiixxi',
  // 9 Software Management
  9: 'ssosxlxibixxblss',
}

export const typeOf: TypeOf = (object, resource) => letters[objects[object]?.[resource] ?? '']
