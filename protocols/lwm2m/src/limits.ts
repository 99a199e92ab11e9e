/** Bounds of what a device may make the hub hold or do. A foreign byte is hostile: each is checked before anything is built. */
export const limits = {
  /** Of one datagram: what IPv4 allows is more, what a constrained device sends is far less. */
  datagramBytes: 16_384,
  /** Of one message over a stream; told to the peer as Max-Message-Size (RFC 8323, 5.3.1). */
  messageBytes: 65_536,
  /** Options in one message. */
  options: 64,
  /** Of a body put together from blocks (RFC 7959). */
  bodyBytes: 1_048_576,
  /** Bodies of one peer that are being put together at a time. */
  bodiesPerPeer: 4,
  /** Links of a registration (RFC 6690). */
  links: 1024,
  /** Attributes of one link. */
  linkAttributes: 32,
  /** Values in one payload. */
  values: 8192,
  /** Maps and arrays inside one another. */
  depth: 8,
  /** Of one text value. */
  textBytes: 65_536,
} as const
