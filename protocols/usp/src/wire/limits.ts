/** What one endpoint may send; more is refused before it is decoded. */
export const limits = {
  /** Bytes of a record, and of a message put together from segments. */
  recordBytes: 1_048_576,
  messageBytes: 1_048_576,
  /** Fields that are kept of one record or message: a whole TR-181 tree has about 40,000. */
  fields: 65_536,
  /** Bytes of an endpoint identifier and of a message id. */
  identifierBytes: 256,
  /** Records of one session context that came too early and wait for the ones before them. */
  early: 64,
  /** Records that are kept until the other endpoint has confirmed them. */
  unconfirmed: 64,
  /** Times one record is sent again (`MaxRetransmitTries`). */
  retransmissions: 5,
} as const
