import { conformance } from '@sutler/device-model/conformance'
import { harness, webSocketGround } from './test/harness.ts'

conformance(() =>
  harness({
    name: 'USP over WebSocket, deployment units',
    role: 'unit',
    ground: webSocketGround,
    stages: ['downloading', 'verifying', 'installing'],
  }),
)
