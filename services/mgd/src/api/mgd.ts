import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { asWords, type Branch, formatTargetSet, formatTargetText, readTarget, rootSchema } from '@hangar/junos-config'
import type { Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import type { Authenticator } from '../users/authenticator.ts'

/** What mgd is to the other daemons. */
export function mgdService(device: {
  authenticator: Authenticator
  committed(): Branch
  revision(): number
}): ServiceImpl<typeof Mgd> {
  return {
    async authenticate({ user, password }) {
      const login = await device.authenticator.byPassword(user, password)
      return { authenticated: login !== undefined, loginClass: login?.loginClass ?? '' }
    },
    getConfiguration({ path, setFormat }) {
      const read = readTarget(rootSchema, asWords(path.split(' ').filter(word => word !== '')))
      if (!read.ok) throw new ConnectError(`${path}: ${read.fault.message}`, Code.InvalidArgument)
      const lines = setFormat
        ? formatTargetSet(device.committed(), read.value)
        : formatTargetText(device.committed(), read.value)
      return { configuration: lines.map(line => `${line}\n`).join(''), revision: BigInt(device.revision()) }
    },
  }
}
