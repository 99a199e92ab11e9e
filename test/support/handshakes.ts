import type { HandshakeLimits } from '../../hub/src/platform/tls/handshakes.ts'

const anyHandshakes: HandshakeLimits = { most: 1000, mostPerAddress: 1000, deadline: 10_000 }

/** For servers in tests that are not about TLS. */
export const withoutTls = { handshakes: anyHandshakes, authority: () => '' }
