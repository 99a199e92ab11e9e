import { many, message, one, subs, texts } from './schema.ts'

/** What a controller asks of an agent's data model, and the answers; field numbers of usp-msg 1.4. */

export const get = message('Get', { paramPaths: many(1, 'string'), maxDepth: one(2, 'fixed32') })
export const getResp = message('GetResp', {
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

export const getSupportedDm = message('GetSupportedDM', {
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
export const getSupportedDmResp = message('GetSupportedDMResp', {
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

export const getInstances = message('GetInstances', { objPaths: many(1, 'string'), firstLevelOnly: one(2, 'bool') })
export const getInstancesResp = message('GetInstancesResp', {
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

export const getSupportedProtocol = message('GetSupportedProtocol', {
  controllerSupportedProtocolVersions: one(1, 'string'),
})
export const getSupportedProtocolResp = message('GetSupportedProtocolResp', {
  agentSupportedProtocolVersions: one(1, 'string'),
})
