import { errorCode } from '../errors.ts'

/** What can be wrong with a request before any module looks at it. */

export const invalidRequest = errorCode(
  'invalid-request',
  400,
  'The request is not as the API describes it',
  'Correct the places listed under `errors`; /docs shows what each endpoint takes.',
)

export const invalidCursor = errorCode(
  'invalid-cursor',
  400,
  'The cursor is not one that this list gave out',
  'Pass `next` of the previous page unchanged, or leave `cursor` out to start at the first page.',
)

export const noSuchRoute = errorCode(
  'no-such-route',
  404,
  'There is nothing at this address',
  'Check the path; /docs lists every endpoint.',
)

export const methodNotAllowed = errorCode(
  'method-not-allowed',
  405,
  'This address does not take that method',
  'Use one of the methods in the `Allow` header; /docs lists every endpoint.',
)

export const bodyTooLarge = errorCode(
  'body-too-large',
  413,
  'The body is larger than this endpoint takes',
  'Send less in one request: split lists into several, upload files as files.',
)

export const unsupportedMediaType = errorCode(
  'unsupported-media-type',
  415,
  'The body is not of a media type that this endpoint takes',
  'Send JSON with `Content-Type: application/json`.',
)

export const changedMeanwhile = errorCode(
  'changed-meanwhile',
  412,
  'Somebody else changed it since it was read',
  'Read it again, apply the change to what is there now, and send that with the new ETag in If-Match.',
)

export const ifMatchRequired = errorCode(
  'if-match-required',
  428,
  'A change must say which version it is based on',
  'Read the thing, and send its ETag in the If-Match header.',
)

export const foreignOrigin = errorCode(
  'foreign-origin',
  403,
  'A page that is not this hub’s caused the request',
  'Use the hub’s own pages under the address that you logged in at. Programs send a token in `Authorization` instead of a cookie.',
)

export const tooManyRequests = errorCode(
  'too-many-requests',
  429,
  'There were more requests than the hub takes from one caller',
  'Wait as long as the Retry-After header says, and send fewer. An operator can raise SUTLER_REQUEST_RATE and SUTLER_REQUEST_RATE_PER_ADDRESS.',
)

export const idempotencyKeyInvalid = errorCode(
  'idempotency-key-invalid',
  400,
  'The Idempotency-Key cannot be used',
  'Send 1 to 128 printable ASCII characters without spaces, with a JSON body or none; uploads need no key.',
)

export const idempotencyKeyReused = errorCode(
  'idempotency-key-reused',
  422,
  'The Idempotency-Key was used for another request',
  'Make a new key for each new request; repeat a key only together with the very same method, path and body.',
)

export const idempotencyInProgress = errorCode(
  'idempotency-in-progress',
  409,
  'The first request with this Idempotency-Key is still being worked on',
  'Wait a second and repeat the request with the same key.',
)

export const internal = errorCode(
  'internal',
  500,
  'The hub made a mistake of its own',
  'Nothing was changed by this request unless it says so. Report the request id; the hub’s log has the details under it.',
)

export const notReady = errorCode(
  'not-ready',
  503,
  'The hub cannot do its work at the moment',
  'Look at the parts named in the detail; the hub goes on by itself once they are back.',
)

export const portInUse = errorCode(
  'port-in-use',
  409,
  'Another program listens on that port',
  'Stop the other program, or choose another port: SUTLER_HTTP_PORT, SUTLER_MQTT_PORT (0 takes any free one).',
)

export const addressUnusable = errorCode(
  'address-unusable',
  400,
  'The hub cannot listen there',
  'Give an address of this machine (127.0.0.1, 0.0.0.0, ::) and a port above 1023, or the right to use lower ones.',
)
