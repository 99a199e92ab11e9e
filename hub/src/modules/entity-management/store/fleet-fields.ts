import {
  filterSql as sql,
  trusted,
  type FilterSchema,
  type MapField,
  type RecordsField,
  type SqlText,
  type TextsField,
} from '@sutler/expressions'
import { deviceClasses, deviceProtocols, deviceStates, householdKinds } from '../domain/entities.ts'

/**
 * What filters read, and where: `f` is entity_fleet; the other tables are joined only where a filter asks for what they alone
 * have. Names and shapes are those of the API.
 */

const reported = 'f.reported'
const fromReport = ['report'] as const
const term = (kind: string, a: SqlText, b?: SqlText, c?: SqlText): SqlText => {
  const none = trusted("''")
  // Null for devices without a report, as the terms are.
  return sql`(f.terms @> array[entity_term(${trusted(`'${kind}'`)}, ${a}, ${b ?? none}, ${c ?? none})])`
}

/** Of operators’ labels: never null. */
const label = (kind: string, a: SqlText, b: SqlText = trusted("''")): SqlText =>
  sql`(f.labels @> array[entity_term(${trusted(`'${kind}'`)}, ${a}, ${b}, '')])`

const tags: TextsField = {
  kind: 'texts',
  about: 'tags that operators gave it',
  has: (value) => label('tag', value),
  rows: { from: 'unnest(f.tags)', size: 'cardinality(f.tags)', present: 'true' },
}

const attributes: MapField = {
  kind: 'map',
  about: 'attributes of the tenant’s own, as texts: `device.attributes.floor == "3"`',
  has: (key) => label('attribute', key),
  hasEntry: (key, value) => label('attribute is', key, value),
  get: (key) => sql`f.attributes->>${key}`,
  rows: {
    from: 'jsonb_object_keys(f.attributes)',
    size: '(select count(*) from jsonb_object_keys(f.attributes))',
    present: 'true',
  },
}

const ofHousehold = ['household'] as const
const householdTags: TextsField = {
  kind: 'texts',
  about: 'tags that operators gave the household',
  needs: ofHousehold,
  has: (value) => sql`(h.tags @> array[${value}])`,
  rows: { from: 'unnest(h.tags)', size: 'cardinality(h.tags)', present: 'true', needs: ofHousehold },
}

const householdAttributes: MapField = {
  kind: 'map',
  about: 'the household’s attributes of the tenant’s own, as texts',
  needs: ofHousehold,
  has: (key) => sql`jsonb_exists(h.attributes, ${key})`,
  get: (key) => sql`h.attributes->>${key}`,
  rows: {
    from: 'jsonb_object_keys(h.attributes)',
    size: '(select count(*) from jsonb_object_keys(h.attributes))',
    present: 'true',
    needs: ofHousehold,
  },
}

const features: TextsField = {
  kind: 'texts',
  about: 'optional features of the protocol, for example `restart`',
  has: (value) => term('feature', value),
  rows: {
    from: "jsonb_array_elements_text(c.report->'features')",
    size: "jsonb_array_length(c.report->'features')",
    present: reported,
    needs: fromReport,
  },
}

const runtimes: MapField = {
  kind: 'map',
  about: 'versions of runtimes by name: `report.runtimes.node`',
  has: (key) => term('runtime', key),
  hasEntry: (key, value) => term('runtime is', key, value),
  get: (key) => sql`c.report->'runtimes'->>${key}`,
  rows: {
    from: "jsonb_object_keys(c.report->'runtimes')",
    size: "(case when f.reported then (select count(*) from jsonb_object_keys(c.report->'runtimes')) end)",
    present: reported,
    needs: fromReport,
  },
}

const installed: RecordsField = {
  kind: 'records',
  about: 'the components that are in place',
  rows: {
    from: "jsonb_array_elements(c.report->'installed')",
    size: "jsonb_array_length(c.report->'installed')",
    present: reported,
    needs: fromReport,
  },
  members: {
    service: { kind: 'text', about: 'id of the service', sql: (row) => `(${row}.value->>'service')` },
    version: { kind: 'text', about: 'its version', sql: (row) => `(${row}.value->>'version')` },
    component: { kind: 'text', about: 'name of the component', sql: (row) => `(${row}.value->>'component')` },
    manifest: { kind: 'text', about: 'digest of its manifest', sql: (row) => `(${row}.value->>'manifest')` },
    epoch: { kind: 'number', about: 'of which intention it is', sql: (row) => `((${row}.value->'epoch')::float8)` },
  },
  exists(wanted) {
    const [service, version, component] = ['service', 'version', 'component'].map((name) => wanted.get(name))
    if (service === undefined || wanted.has('manifest')) return null
    if (version === undefined)
      return component === undefined
        ? term('installed', service)
        : term('installed component', service, undefined, component)
    return component === undefined
      ? term('installed version', service, version)
      : term('installed version of component', service, version, component)
  },
}

const device = {
  kind: 'record',
  about: 'the device as the hub knows it',
  members: {
    id: { kind: 'text', sql: 'f.device', about: 'its id' },
    household: { kind: 'text', sql: 'f.household', about: 'id of its household' },
    class: { kind: 'text', sql: 'f.class', values: deviceClasses, about: 'its class' },
    serial: { kind: 'text', sql: 'f.serial', about: 'the maker’s serial number' },
    name: { kind: 'text', sql: 'f.name', about: 'its name' },
    protocol: { kind: 'text', sql: 'f.protocol', values: deviceProtocols, about: 'how it speaks with the hub' },
    state: { kind: 'text', sql: 'f.state', values: deviceStates, about: 'its state' },
    reachable: {
      kind: 'bool',
      sql: 'coalesce(p.reachable, false)',
      needs: ['presence'],
      about: 'whether it is connected now',
    },
    reachableChangedAt: {
      kind: 'time',
      sql: 'p.changed_at',
      nullable: true,
      needs: ['presence'],
      about: 'when it was last connected or lost; `null` before the first time',
    },
    reportedAt: {
      kind: 'time',
      sql: 'c.reported_at',
      nullable: true,
      needs: fromReport,
      about: 'when its latest report came; `null` before the first',
    },
    createdAt: { kind: 'time', sql: 'f.created_at', about: 'when it was enrolled' },
    tags,
    attributes,
  },
} as const

const hardware = {
  kind: 'record',
  about: '',
  members: {
    model: { kind: 'text', sql: 'f.model', about: 'model of the hardware' },
    arch: { kind: 'text', sql: 'f.arch', about: 'architecture, for example `arm64`' },
    cpus: { kind: 'number', sql: 'f.cpus', about: 'how many processors' },
  },
} as const

const os = {
  kind: 'record',
  about: '',
  members: {
    name: { kind: 'text', sql: 'f.os_name', about: 'name of the operating system' },
    version: { kind: 'text', sql: 'f.os_version', version: 'f.os_version_key', about: 'its version' },
  },
} as const

const report = {
  kind: 'record',
  about: 'what the device said of itself last; `null` before its first report',
  present: reported,
  members: {
    class: { kind: 'text', sql: 'f.report_class', values: deviceClasses, about: 'its class, as it says' },
    hardware,
    os,
    memory: {
      kind: 'record',
      about: '',
      members: { total: { kind: 'number', sql: 'f.memory_total', about: 'memory, bytes' } },
    },
    storage: {
      kind: 'record',
      about: '',
      members: {
        total: { kind: 'number', sql: 'f.storage_total', about: 'size of the volume for services, bytes' },
        free: {
          kind: 'number',
          sql: "((c.report#>'{storage,free}')::float8)",
          needs: fromReport,
          about: 'free bytes there',
        },
      },
    },
    runtimes,
    features,
    timeZone: { kind: 'text', sql: 'f.time_zone', about: 'IANA name, for example `Europe/Berlin`' },
    installed,
  },
} as const

const household = {
  kind: 'record',
  about: 'the device’s household',
  members: {
    id: { kind: 'text', sql: 'f.household', about: 'its id' },
    name: { kind: 'text', sql: '(h.name collate "C")', needs: ['household'], about: 'its name' },
    timeZone: { kind: 'text', sql: '(h.time_zone collate "C")', needs: ['household'], about: 'IANA name' },
    kind: {
      kind: 'text',
      sql: 'h.kind',
      values: householdKinds,
      needs: ['household'],
      about: 'a household or an organisation',
    },
    tags: householdTags,
    attributes: householdAttributes,
  },
} as const

export const fleetFields: FilterSchema = { device, report, household }

/** By the names that fields, and orders, `need`. */
export const fleetJoins: Readonly<Record<string, string>> = {
  report: 'left join entity_capabilities c on c.device = f.device',
  presence: 'left join entity_presence p on p.device = f.device',
  seen: 'join entity_presence s on s.device = f.device',
  household: 'join entity_household h on h.id = f.household',
}
