import {
  add,
  addResp,
  deleteResp,
  deletion,
  failure,
  operate,
  operateResp,
  outputArgs,
  setRequest,
  setResp,
} from './changing-schema.ts'
import {
  get,
  getInstances,
  getInstancesResp,
  getResp,
  getSupportedDm,
  getSupportedDmResp,
  getSupportedProtocol,
  getSupportedProtocolResp,
} from './reading-schema.ts'
import { choice, message, one, sub, subs, texts, type Decoded } from './schema.ts'

/** The USP Message, field numbers of usp-msg 1.4 (1.0 to 1.3 have a part of them). */

const header = message('Header', { msgId: one(1, 'string'), msgType: one(2, 'enum') })

const error = message('Error', {
  errCode: one(1, 'fixed32'),
  errMsg: one(2, 'string'),
  paramErrs: subs(
    3,
    message('ParamError', { paramPath: one(1, 'string'), errCode: one(2, 'fixed32'), errMsg: one(3, 'string') }),
  ),
})

const notify = message('Notify', {
  subscriptionId: one(1, 'string'),
  sendResp: one(2, 'bool'),
  notification: choice({
    event: sub(3, message('Event', { objPath: one(1, 'string'), eventName: one(2, 'string'), params: texts(3) })),
    valueChange: sub(4, message('ValueChange', { paramPath: one(1, 'string'), paramValue: one(2, 'string') })),
    objCreation: sub(5, message('ObjectCreation', { objPath: one(1, 'string'), uniqueKeys: texts(2) })),
    objDeletion: sub(6, message('ObjectDeletion', { objPath: one(1, 'string') })),
    operComplete: sub(
      7,
      message('OperationComplete', {
        objPath: one(1, 'string'),
        commandName: one(2, 'string'),
        commandKey: one(3, 'string'),
        operationResp: choice({ reqOutputArgs: sub(4, outputArgs), cmdFailure: sub(5, failure) }),
      }),
    ),
    onBoardReq: sub(
      8,
      message('OnBoardRequest', {
        oui: one(1, 'string'),
        productClass: one(2, 'string'),
        serialNumber: one(3, 'string'),
        agentSupportedProtocolVersions: one(4, 'string'),
      }),
    ),
  }),
})
const notifyResp = message('NotifyResp', { subscriptionId: one(1, 'string') })

/** Register and Deregister are between the USP services of one device: a controller refuses them, and reads no more of them. */
const register = message('Register', {})

export const messageSchema = message('Msg', {
  header: sub(1, header),
  body: sub(
    2,
    message('Body', {
      msgBody: choice({
        request: sub(
          1,
          message('Request', {
            reqType: choice({
              get: sub(1, get),
              getSupportedDm: sub(2, getSupportedDm),
              getInstances: sub(3, getInstances),
              set: sub(4, setRequest),
              add: sub(5, add),
              delete: sub(6, deletion),
              operate: sub(7, operate),
              notify: sub(8, notify),
              getSupportedProtocol: sub(9, getSupportedProtocol),
              register: sub(10, register),
              deregister: sub(11, register),
            }),
          }),
        ),
        response: sub(
          2,
          message('Response', {
            respType: choice({
              getResp: sub(1, getResp),
              getSupportedDmResp: sub(2, getSupportedDmResp),
              getInstancesResp: sub(3, getInstancesResp),
              setResp: sub(4, setResp),
              addResp: sub(5, addResp),
              deleteResp: sub(6, deleteResp),
              operateResp: sub(7, operateResp),
              notifyResp: sub(8, notifyResp),
              getSupportedProtocolResp: sub(9, getSupportedProtocolResp),
            }),
          }),
        ),
        error: sub(3, error),
      }),
    }),
  ),
})

export type GetResp = Decoded<typeof getResp>
export type GetSupportedDmResp = Decoded<typeof getSupportedDmResp>
export type OperateResp = Decoded<typeof operateResp>
export type Notify = Decoded<typeof notify>
