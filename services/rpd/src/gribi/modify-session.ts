import type { MessageInitShape } from '@bufbuild/protobuf'
import { Code, ConnectError } from '@connectrpc/connect'
import {
  SessionParameters_AFTResultStatusType as AckType,
  type AFTOperation,
  type AFTResultSchema,
  type ModifyRequest,
  type ModifyResponseSchema,
  ModifyRPCErrorDetailsSchema,
  AFTOperation_Operation as Operation,
  SessionParametersResult_Status as ParametersStatus,
  SessionParameters_AFTPersistence as Persistence,
  ModifyRPCErrorDetails_Reason as Reason,
  SessionParameters_ClientRedundancy as Redundancy,
  AFTResult_Status as Status,
} from '@hangar/protocol/gribi_service_pb'
import type { Aft } from './aft.ts'
import { type Election, electionId, electionMessage, type SharedParameters } from './election.ts'

type Response = MessageInitShape<typeof ModifyResponseSchema>
type Result = MessageInitShape<typeof AFTResultSchema>

/** Without parameters a session is one of all primaries, whose entries go with it. */
const standard: SharedParameters = { singlePrimary: false, preserve: false, fibAck: false }

export interface ModifyOptions {
  aft: Aft
  election: Election
  client: string
  /** Nanoseconds since 1970. */
  now(): bigint
  /** Resolves when what was programmed is in the forwarding tables. */
  committed(): Promise<void>
  /** Whether the destination of an operation forwards now. */
  forwards(operation: AFTOperation): boolean
}

/** One Modify stream: parameters at most once and first, election ids, operations. */
export class ModifySession {
  readonly #options: ModifyOptions
  #begun = false
  #parameters: SharedParameters | undefined
  #electionId: bigint | undefined

  constructor(options: ModifyOptions) {
    this.#options = options
  }

  /** Answers a message. Throws the ConnectError that ends the stream. */
  async *answer({ operation, params, electionId: election }: ModifyRequest): AsyncIterable<Response> {
    if (params) {
      if (this.#begun)
        throw refusal(Code.FailedPrecondition, Reason.MODIFY_NOT_ALLOWED, 'parameters come once, and first')
      if (operation.length > 0 || election)
        throw refusal(Code.InvalidArgument, Reason.MODIFY_NOT_ALLOWED, 'parameters come in a message of their own')
      this.#join({
        singlePrimary: params.redundancy === Redundancy.SINGLE_PRIMARY,
        preserve: params.persistence === Persistence.PRESERVE,
        fibAck: params.ackType === AckType.RIB_AND_FIB_ACK,
      })
      yield { sessionParamsResult: { status: ParametersStatus.OK } }
      return
    }
    if (!this.#begun) this.#join(standard)
    if (election) {
      yield this.#elect(electionId(election)!)
      if (operation.length > 0)
        throw new ConnectError('an election id comes in a message of its own', Code.InvalidArgument)
      return
    }
    if (operation.length > 0) yield* this.#operate(operation)
  }

  /** The stream is over: what does not persist goes. */
  end(): boolean {
    const { election, aft, client } = this.#options
    election.leave(this)
    if (!this.#begun || this.#parameters?.preserve) return false
    aft.leave(client)
    return true
  }

  #join(parameters: SharedParameters): void {
    if (!this.#options.election.join(this, parameters))
      throw refusal(
        Code.FailedPrecondition,
        Reason.PARAMS_DIFFER_FROM_OTHER_CLIENTS,
        'parameters differ from those of the other clients',
      )
    this.#begun = true
    this.#parameters = parameters
  }

  #elect(id: bigint): Response {
    if (!this.#parameters?.singlePrimary)
      throw refusal(
        Code.FailedPrecondition,
        Reason.ELECTION_ID_IN_ALL_PRIMARY,
        'there is nothing to elect among all primaries',
      )
    if (id === 0n) throw new ConnectError('an election id is not 0', Code.InvalidArgument)
    const { election } = this.#options
    this.#electionId = id
    if (id > election.highest) election.highest = id
    return { electionId: electionMessage(election.highest) }
  }

  async *#operate(operations: readonly AFTOperation[]): AsyncIterable<Response> {
    const { now, committed, forwards } = this.#options
    const result: Result[] = []
    const done: AFTOperation[] = []
    for (const operation of operations) {
      const fault = this.#apply(operation)
      if (fault === undefined) done.push(operation)
      result.push({
        id: operation.id,
        status: fault === undefined ? Status.RIB_PROGRAMMED : Status.FAILED,
        timestamp: now(),
        ...(fault === undefined ? {} : { errorDetails: { errorMessage: fault } }),
      })
    }
    await committed()
    yield { result }
    if (!this.#parameters?.fibAck || done.length === 0) return
    yield {
      result: done.map(operation => ({
        id: operation.id,
        status: forwards(operation) ? Status.FIB_PROGRAMMED : Status.FIB_FAILED,
        timestamp: now(),
      })),
    }
  }

  #apply(operation: AFTOperation): string | undefined {
    const { aft, client } = this.#options
    const stranger = this.#notPrimary(operation)
    if (stranger !== undefined) return stranger
    const shared = !this.#parameters?.singlePrimary
    switch (operation.op) {
      case Operation.ADD:
        return aft.add(operation, client, false)
      case Operation.REPLACE:
        return aft.add(operation, client, true)
      case Operation.DELETE:
        return aft.delete(operation, client, shared)
      default:
        return `no operation ${operation.op}`
    }
  }

  /** Only the client with the highest id changes entries, and each operation says that it knows so. */
  #notPrimary(operation: AFTOperation): string | undefined {
    const id = electionId(operation.electionId)
    if (!this.#parameters?.singlePrimary) return id === undefined ? undefined : 'an election id among all primaries'
    if (id === undefined) return 'the operation has no election id'
    if (this.#electionId === undefined) return 'the client has told no election id'
    if (id !== this.#electionId) return 'the election id is not the latest of this client'
    return id < this.#options.election.highest ? 'the client is not the primary' : undefined
  }
}

function refusal(code: Code, reason: Reason, message: string): ConnectError {
  return new ConnectError(message, code, undefined, [{ desc: ModifyRPCErrorDetailsSchema, value: { reason } }])
}
