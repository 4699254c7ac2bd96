import type { MessageInitShape } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import type { JetImplementation } from '@hangar/daemon'
import {
  type AFTEntrySchema,
  type AFTOperation,
  AFTType,
  AFTEntry_Status as EntryStatus,
  type FlushRequest,
  FlushResponseErrorSchema,
  FlushResponse_Result as FlushResult,
  type gRIBI,
  AFTOperation_Operation as Operation,
  FlushResponseError_Reason as Reason,
} from '@hangar/protocol/gribi_service_pb'
import { Aft, isDestination } from '../gribi/aft.ts'
import { type AftEntry, readEntry } from '../gribi/aft-entry.ts'
import { Election, electionId } from '../gribi/election.ts'
import { ModifySession } from '../gribi/modify-session.ts'
import { destinationOf, programRoutes, tableOf } from '../gribi/program-routes.ts'
import type { Routing } from '../routing.ts'

/** Entries in one message of a Get stream. */
const PAGE = 256

const kinds: Partial<Record<AFTType, AftEntry['kind']>> = {
  [AFTType.IPV4]: 'ipv4',
  [AFTType.IPV6]: 'ipv6',
  [AFTType.MPLS]: 'mpls',
  [AFTType.NEXTHOP]: 'nextHop',
  [AFTType.NEXTHOP_GROUP]: 'nextHopGroup',
}

/** gribi.gRIBI. */
export function gribi(routing: Routing): JetImplementation<typeof gRIBI> {
  const { rib, clock } = routing
  const committed = () => routing.committed()
  const hasInstance = (name: string) => tableOf(rib, 'ipv4', name) !== undefined
  const aft = new Aft({ ...programRoutes(rib), hasInstance })
  const election = new Election()
  const now = () => BigInt(clock.now()) * 1_000_000n

  /** Whether packets take an entry: a destination's route is the active one; groups and next hops are where they are. */
  const forwards = (entry: Pick<AftEntry, 'kind' | 'instance' | 'key'>) => {
    if (!isDestination(entry.kind)) return true
    const { words, length } = destinationOf(entry as AftEntry)
    const table = tableOf(rib, entry.kind, entry.instance)
    const row = table?.find(...words, length) ?? -1
    return row >= 0 && table!.isActive(row) && table!.attributes(row).source.protocol === 'gRIBI'
  }
  const operationForwards = (operation: AFTOperation) => {
    const read = readEntry(operation, true)
    const gone = operation.op === Operation.DELETE
    return typeof read === 'string' || gone || forwards({ ...read, instance: operation.networkInstance })
  }

  return {
    async *modify(requests, { caller }) {
      const session = new ModifySession({
        aft,
        election,
        client: caller.clientId === '' ? caller.peer : caller.clientId,
        now,
        committed,
        forwards: operationForwards,
      })
      try {
        for await (const request of requests) yield* session.answer(request)
      } finally {
        if (session.end()) await committed()
      }
    },

    async *get({ networkInstance: named, aft: type }) {
      if (!named.case || (named.case === 'name' && named.value === ''))
        throw new ConnectError('the request names no network instance', Code.InvalidArgument)
      const instance = named.case === 'name' ? named.value : undefined
      if (instance !== undefined && !hasInstance(instance))
        throw new ConnectError(`no network instance ${instance.slice(0, 128)}`, Code.NotFound)
      if (type === AFTType.INVALID || !(type in AFTType))
        throw new ConnectError('the request names no kind of entry', Code.InvalidArgument)
      if (type !== AFTType.ALL && !kinds[type])
        throw new ConnectError(`${AFTType[type]} is not supported`, Code.Unimplemented)
      let page: MessageInitShape<typeof AFTEntrySchema>[] = []
      for (const entry of aft) {
        if (instance !== undefined && entry.instance !== instance) continue
        if (type !== AFTType.ALL && entry.kind !== kinds[type]) continue
        page.push({
          networkInstance: entry.instance,
          entry: entry.message as never,
          ribStatus: EntryStatus.PROGRAMMED,
          fibStatus: forwards(entry) ? EntryStatus.PROGRAMMED : EntryStatus.NOT_PROGRAMMED,
        })
        if (page.length < PAGE) continue
        yield { entry: page }
        page = []
      }
      if (page.length > 0) yield { entry: page }
    },

    async flush(request) {
      checkElection(request, election)
      const { networkInstance: named } = request
      if (!named.case)
        throw refusal(Code.InvalidArgument, Reason.UNSPECIFIED_NETWORK_INSTANCE, 'no network instance is named')
      if (named.case === 'name' && named.value === '')
        throw refusal(Code.InvalidArgument, Reason.INVALID_NETWORK_INSTANCE, 'a network instance has a name')
      const instance = named.case === 'name' ? named.value : undefined
      if (instance !== undefined && !hasInstance(instance))
        throw refusal(
          Code.InvalidArgument,
          Reason.NO_SUCH_NETWORK_INSTANCE,
          `no network instance ${instance.slice(0, 128)}`,
        )
      const whole = aft.flush(instance)
      await committed()
      return { timestamp: now(), result: whole ? FlushResult.OK : FlushResult.NON_ZERO_REFERENCE_REMAIN }
    },
  }
}

function checkElection({ election: given }: FlushRequest, { singlePrimary, highest }: Election): void {
  if (!singlePrimary) {
    if (given.case === 'id')
      throw refusal(
        Code.FailedPrecondition,
        Reason.ELECTION_ID_IN_ALL_PRIMARY,
        'there is nothing to elect among all primaries',
      )
    return
  }
  if (!given.case)
    throw refusal(
      Code.FailedPrecondition,
      Reason.UNSPECIFIED_ELECTION_BEHAVIOR,
      'an election id, or its override, is needed',
    )
  if (given.case === 'override') return
  const id = electionId(given.value)!
  if (id === 0n) throw refusal(Code.InvalidArgument, Reason.INVALID_ELECTION_ID, 'an election id is not 0')
  if (id < highest) throw refusal(Code.FailedPrecondition, Reason.NOT_PRIMARY, 'the client is not the primary')
}

function refusal(code: Code, status: Reason, message: string): ConnectError {
  return new ConnectError(message, code, undefined, [{ desc: FlushResponseErrorSchema, value: { status } }])
}
