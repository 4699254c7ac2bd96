import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { asWords, type Branch, formatSet, formatText, readTarget, rootSchema } from '@hangar/junos-config'
import type { Mgd } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { partOf } from '../database/place.ts'
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
      const part = partOf(device.committed(), read.value)
      const configuration = setFormat
        ? formatSet(part.branch, part.path)
            .map(line => `${line}\n`)
            .join('')
        : formatText(part.branch)
      return { configuration, revision: BigInt(device.revision()) }
    },
  }
}
