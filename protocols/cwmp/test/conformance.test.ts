import { conformance, type Harness } from '@sutler/device-model/conformance'
import { imageOf } from '@sutler/simulators/cwmp'
import { Acs } from './acs.ts'
import { ConformanceDevice } from './conformance-device.ts'

const oneFirmware = 'a device has one firmware, which is replaced, never removed'

conformance(() => harness('CWMP with deployment units', 'unit'))
conformance(() => ({
  ...harness('CWMP with firmware', 'firmware'),
  skips: {
    'installs, updates and removes, each with a proof': oneFirmware,
    'two services stand beside each other': oneFirmware,
    'what is changed behind the hub’s back is in the next report': oneFirmware,
  },
}))

function harness(name: string, role: 'unit' | 'firmware'): Harness {
  const acs = new Acs()
  return {
    name,
    stages: ['downloading', 'verifying', 'installing'],
    component(service, version, size) {
      const content = imageOf({ name: service, version }, size)
      return { role, files: [{ path: `${service}.img`, content }] }
    },
    start: (host) => acs.start(host),
    device: async (host, number) => new ConformanceDevice(host, acs, number, role),
    end: () => acs.stop(),
  }
}
