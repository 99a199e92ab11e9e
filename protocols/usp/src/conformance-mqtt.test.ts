import { conformance } from '@sutler/device-model/conformance'
import { harness } from './test/harness.ts'
import { mqttGround } from './test/mqtt-ground.ts'

const oneImage = 'a device runs one firmware image at a time'
const notRemoved = 'a firmware image is replaced, not removed'

conformance(() =>
  harness({
    name: 'USP over MQTT 5 on the hub’s broker, firmware',
    role: 'firmware',
    ground: () => mqttGround(5),
    stages: ['downloading', 'verifying', 'restarting', 'checking'],
    skips: {
      'installs, updates and removes, each with a proof': notRemoved,
      'two services stand beside each other': oneImage,
    },
  }),
)

conformance(() =>
  harness({
    name: 'USP over MQTT 3.1.1 in a session context with segments, an agent without Update()',
    role: 'unit',
    ground: () => mqttGround(4),
    stages: ['downloading'],
    agent: { session: { segment: 300 }, lacks: ['Device.SoftwareModules.DeploymentUnit.{i}.Update()'] },
  }),
)
