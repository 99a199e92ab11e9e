/** Bounds of a document that is turned into a model, so that every one ends soon. The engine's own are in semantics 11. */
export const scxmlLimits = {
  states: 256,
  /** Of the document, and of the model made from it. */
  transitions: 1024,
  /** Events that the document names, and descriptors of its transitions. */
  events: 1024,
  /** Of one transition. */
  targets: 64,
  /** Ways through one transition: each doubles with every condition on what it does. */
  ways: 64,
  /** Microsteps of all ways through one transition. */
  microsteps: 512,
  /** Eventless transitions in a row; SCXML itself would go on for ever. */
  eventlessInARow: 32,
  /** Signals sent on one way. */
  signals: 256,
} as const
