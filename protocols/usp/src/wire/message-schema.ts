import { choice, many, message, one, sub, subs, texts, type Decoded } from './schema.ts'

/** The USP Message, field numbers of usp-msg 1.4 (1.0 to 1.3 have a part of them). */

const failure = message('OperationFailure', { errCode: one(1, 'fixed32'), errMsg: one(2, 'string') })
const outputArgs = message('OutputArgs', { outputArgs: texts(1) })
const parameterError = message('ParameterError', {
  param: one(1, 'string'),
  errCode: one(2, 'fixed32'),
  errMsg: one(3, 'string'),
})

const header = message('Header', { msgId: one(1, 'string'), msgType: one(2, 'enum') })

const error = message('Error', {
  errCode: one(1, 'fixed32'),
  errMsg: one(2, 'string'),
  paramErrs: subs(
    3,
    message('ParamError', { paramPath: one(1, 'string'), errCode: one(2, 'fixed32'), errMsg: one(3, 'string') }),
  ),
})

const get = message('Get', { paramPaths: many(1, 'string'), maxDepth: one(2, 'fixed32') })
const getResp = message('GetResp', {
  reqPathResults: subs(
    1,
    message('RequestedPathResult', {
      requestedPath: one(1, 'string'),
      errCode: one(2, 'fixed32'),
      errMsg: one(3, 'string'),
      resolvedPathResults: subs(
        4,
        message('ResolvedPathResult', { resolvedPath: one(1, 'string'), resultParams: texts(2) }),
      ),
    }),
  ),
})

const getSupportedDm = message('GetSupportedDM', {
  objPaths: many(1, 'string'),
  firstLevelOnly: one(2, 'bool'),
  returnCommands: one(3, 'bool'),
  returnEvents: one(4, 'bool'),
  returnParams: one(5, 'bool'),
  returnUniqueKeySets: one(6, 'bool'),
})
const supportedObject = message('SupportedObjectResult', {
  supportedObjPath: one(1, 'string'),
  access: one(2, 'enum'),
  isMultiInstance: one(3, 'bool'),
  supportedCommands: subs(
    4,
    message('SupportedCommandResult', {
      commandName: one(1, 'string'),
      inputArgNames: many(2, 'string'),
      outputArgNames: many(3, 'string'),
      commandType: one(4, 'enum'),
    }),
  ),
  supportedEvents: subs(
    5,
    message('SupportedEventResult', { eventName: one(1, 'string'), argNames: many(2, 'string') }),
  ),
  supportedParams: subs(
    6,
    message('SupportedParamResult', {
      paramName: one(1, 'string'),
      access: one(2, 'enum'),
      valueType: one(3, 'enum'),
      valueChange: one(4, 'enum'),
    }),
  ),
  divergentPaths: many(7, 'string'),
  uniqueKeySets: subs(8, message('SupportedUniqueKeySet', { keyNames: many(1, 'string') })),
})
const getSupportedDmResp = message('GetSupportedDMResp', {
  reqObjResults: subs(
    1,
    message('RequestedObjectResult', {
      reqObjPath: one(1, 'string'),
      errCode: one(2, 'fixed32'),
      errMsg: one(3, 'string'),
      dataModelInstUri: one(4, 'string'),
      supportedObjs: subs(5, supportedObject),
    }),
  ),
})

const getInstances = message('GetInstances', { objPaths: many(1, 'string'), firstLevelOnly: one(2, 'bool') })
const getInstancesResp = message('GetInstancesResp', {
  reqPathResults: subs(
    1,
    message('RequestedPathResult', {
      requestedPath: one(1, 'string'),
      errCode: one(2, 'fixed32'),
      errMsg: one(3, 'string'),
      currInsts: subs(4, message('CurrInstance', { instantiatedObjPath: one(1, 'string'), uniqueKeys: texts(2) })),
    }),
  ),
})

const getSupportedProtocol = message('GetSupportedProtocol', { controllerSupportedProtocolVersions: one(1, 'string') })
const getSupportedProtocolResp = message('GetSupportedProtocolResp', {
  agentSupportedProtocolVersions: one(1, 'string'),
})

const setting = message('ParamSetting', {
  param: one(1, 'string'),
  value: one(2, 'string'),
  required: one(3, 'bool'),
})
const add = message('Add', {
  allowPartial: one(1, 'bool'),
  createObjs: subs(2, message('CreateObject', { objPath: one(1, 'string'), paramSettings: subs(2, setting) })),
})
const addResp = message('AddResp', {
  createdObjResults: subs(
    1,
    message('CreatedObjectResult', {
      requestedPath: one(1, 'string'),
      operStatus: sub(
        2,
        message('OperationStatus', {
          operStatus: choice({
            operFailure: sub(1, failure),
            operSuccess: sub(
              2,
              message('OperationSuccess', {
                instantiatedPath: one(1, 'string'),
                paramErrs: subs(2, parameterError),
                uniqueKeys: texts(3),
              }),
            ),
          }),
        }),
      ),
    }),
  ),
})

const deletion = message('Delete', { allowPartial: one(1, 'bool'), objPaths: many(2, 'string') })
const deleteResp = message('DeleteResp', {
  deletedObjResults: subs(
    1,
    message('DeletedObjectResult', {
      requestedPath: one(1, 'string'),
      operStatus: sub(
        2,
        message('OperationStatus', {
          operStatus: choice({
            operFailure: sub(1, failure),
            operSuccess: sub(
              2,
              message('OperationSuccess', {
                affectedPaths: many(1, 'string'),
                unaffectedPathErrs: subs(
                  2,
                  message('UnaffectedPathError', {
                    unaffectedPath: one(1, 'string'),
                    errCode: one(2, 'fixed32'),
                    errMsg: one(3, 'string'),
                  }),
                ),
              }),
            ),
          }),
        }),
      ),
    }),
  ),
})

const setRequest = message('Set', {
  allowPartial: one(1, 'bool'),
  updateObjs: subs(2, message('UpdateObject', { objPath: one(1, 'string'), paramSettings: subs(2, setting) })),
})
const setResp = message('SetResp', {
  updatedObjResults: subs(
    1,
    message('UpdatedObjectResult', {
      requestedPath: one(1, 'string'),
      operStatus: sub(
        2,
        message('OperationStatus', {
          operStatus: choice({
            operFailure: sub(
              1,
              message('OperationFailure', {
                errCode: one(1, 'fixed32'),
                errMsg: one(2, 'string'),
                updatedInstFailures: subs(
                  3,
                  message('UpdatedInstanceFailure', {
                    affectedPath: one(1, 'string'),
                    paramErrs: subs(2, parameterError),
                  }),
                ),
              }),
            ),
            operSuccess: sub(
              2,
              message('OperationSuccess', {
                updatedInstResults: subs(
                  1,
                  message('UpdatedInstanceResult', {
                    affectedPath: one(1, 'string'),
                    paramErrs: subs(2, parameterError),
                    updatedParams: texts(3),
                  }),
                ),
              }),
            ),
          }),
        }),
      ),
    }),
  ),
})

const operate = message('Operate', {
  command: one(1, 'string'),
  commandKey: one(2, 'string'),
  sendResp: one(3, 'bool'),
  inputArgs: texts(4),
})
const operateResp = message('OperateResp', {
  operationResults: subs(
    1,
    message('OperationResult', {
      executedCommand: one(1, 'string'),
      operationResp: choice({
        reqObjPath: one(2, 'string'),
        reqOutputArgs: sub(3, outputArgs),
        cmdFailure: sub(4, failure),
      }),
    }),
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
