import { node, type SoapNode } from '../soap/node.ts'
import type { DataModel } from '../model/data-model.ts'
import type { Identity } from '../model/models.ts'

export interface InformEvent {
  readonly code: string
  readonly commandKey?: string
}

/** Parameters that every Inform carries (TR-098 2.4, TR-181 Inform requirements). */
const forced = [
  'DeviceSummary',
  'RootDataModelVersion',
  'DeviceInfo.SpecVersion',
  'DeviceInfo.HardwareVersion',
  'DeviceInfo.SoftwareVersion',
  'DeviceInfo.ProvisioningCode',
  'ManagementServer.ParameterKey',
  'ManagementServer.ConnectionRequestURL',
]

export function informNode(model: DataModel, identity: Identity, events: readonly InformEvent[]): SoapNode {
  const parameters = forced.flatMap((name) => {
    const parameter = model.at(model.root + name)
    if (!parameter) return []
    return node('ParameterValueStruct', [
      node('Name', model.root + name),
      node('Value', parameter.value, parameter.type),
    ])
  })
  return node('Inform', [
    node('DeviceId', [
      node('Manufacturer', identity.manufacturer),
      node('OUI', identity.oui),
      node('ProductClass', identity.productClass),
      node('SerialNumber', identity.serialNumber),
    ]),
    node(
      'Event',
      events.map((event) =>
        node('EventStruct', [node('EventCode', event.code), node('CommandKey', event.commandKey ?? '')]),
      ),
    ),
    node('MaxEnvelopes', 1),
    node('CurrentTime', new Date().toISOString()),
    node('RetryCount', 0),
    node('ParameterList', parameters),
  ])
}
