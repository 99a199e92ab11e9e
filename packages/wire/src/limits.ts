/** Bounds of protocol version 1. Sizes in bytes, times in milliseconds unless the name says otherwise. */
export const limits = {
  /** One encoded message. */
  messageBytes: 262_144,
  /** Maps and arrays inside one another. */
  depth: 8,
  /** Entries of one map or array. */
  items: 4_096,
  /** Values of a message in all, keys not counted: bounds the work of decoding. */
  values: 16_384,
  /** Services that a device lists as installed. */
  installed: 1_024,
  /** Files of a component that a device names as missing or changed. */
  wrongFiles: 16,
  /** Entries of the lists that stay short: runtimes, features. */
  shortList: 256,
  /** Settings that a device names, and that one message sets; texts that one of them may be. */
  settings: 100,
  choices: 32,
  /** UTF-8 bytes of the lines of one log message. */
  logBytes: 131_072,
  /** UTF-8 bytes of one text. */
  textBytes: 4_096,
  /** UTF-8 bytes of a message id. */
  idBytes: 64,
  /** Files of one component. */
  filesPerComponent: 4_096,
  /** UTF-8 bytes of one path. */
  pathBytes: 512,
  /** Segments of one path, its file name among them. */
  pathSegments: 32,
  /** UTF-8 bytes of one manifest: every file at its longest path still fits. */
  manifestBytes: 4_194_304,
  /** Words of a health check's command, and its longest time-out. */
  healthArguments: 64,
  healthSeconds: 3_600,
  /** Ids that one ack may carry. */
  acknowledgedIds: 256,
  /** Messages sent and not yet acknowledged, in either direction. */
  unacknowledged: 16,
  /** An unacknowledged message is sent again after this time. */
  resendMilliseconds: 30_000,
  /** Least time between two progress messages of a device. */
  progressMilliseconds: 1_000,
  /** Downloads smaller than this are not worth a progress message. */
  progressFromBytes: 1_048_576,
  /** Smaller files are not worth a patch. */
  patchFromBytes: 65_536,
  /** File content in one chunk, for a device that has only MQTT. */
  chunkBytes: 65_536,
  /** Chunks that a device asks for and has not got yet. */
  chunksInFlight: 4,
  /** MQTT publishes that the broker has not acknowledged. */
  packetsInFlight: 1_024,
  /** From CONNECT to CONNACK. */
  connectMilliseconds: 30_000,
  /** A device's outgoing queue. */
  outboxMessages: 1_000,
  outboxBytes: 1_048_576,
  /** Ids of received messages that a device remembers to recognise repeats. */
  rememberedIds: 64,
  /** Services whose newest intention a device remembers. */
  rememberedServices: 1_000,
  /** Cancelled deliveries that a device remembers to decline late offers. */
  tombstones: 64,
  /** Largest difference between a device's clock and the hub's at connection, in seconds. */
  connectSkewSeconds: 300,
} as const
