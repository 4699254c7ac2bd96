import { StatusCode as Code } from '@hangar/protocol/jnx_common_base_types_pb'

/**
 * The status that every modern answer carries, success too: clients take it for granted. The message is for people; where a sub_code says it
 * all, it is the code's name.
 */
export const success = { code: Code.SUCCESS, message: '' } as const

export function failure(message: string) {
  return { code: Code.FAILURE, message }
}
