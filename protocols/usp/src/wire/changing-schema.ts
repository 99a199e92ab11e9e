import { choice, many, message, one, sub, subs, texts } from './schema.ts'

/** By what a controller changes an agent's objects and has it work, and the answers; field numbers of usp-msg 1.4. */

export const failure = message('OperationFailure', { errCode: one(1, 'fixed32'), errMsg: one(2, 'string') })
export const outputArgs = message('OutputArgs', { outputArgs: texts(1) })
const parameterError = message('ParameterError', {
  param: one(1, 'string'),
  errCode: one(2, 'fixed32'),
  errMsg: one(3, 'string'),
})

const setting = message('ParamSetting', {
  param: one(1, 'string'),
  value: one(2, 'string'),
  required: one(3, 'bool'),
})
export const add = message('Add', {
  allowPartial: one(1, 'bool'),
  createObjs: subs(2, message('CreateObject', { objPath: one(1, 'string'), paramSettings: subs(2, setting) })),
})
export const addResp = message('AddResp', {
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

export const deletion = message('Delete', { allowPartial: one(1, 'bool'), objPaths: many(2, 'string') })
export const deleteResp = message('DeleteResp', {
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

export const setRequest = message('Set', {
  allowPartial: one(1, 'bool'),
  updateObjs: subs(2, message('UpdateObject', { objPath: one(1, 'string'), paramSettings: subs(2, setting) })),
})
export const setResp = message('SetResp', {
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

export const operate = message('Operate', {
  command: one(1, 'string'),
  commandKey: one(2, 'string'),
  sendResp: one(3, 'bool'),
  inputArgs: texts(4),
})
export const operateResp = message('OperateResp', {
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
