import { type DescMessage, fromBinary, type MessageShape } from '@bufbuild/protobuf'
import { notDecodable } from '@hangar/daemon'
import { messageOf } from '@hangar/runtime'

/** The request of a method that is served as bytes, for what is too small to be read by hand. */
export function decodeRequest<M extends DescMessage>(schema: M, bytes: Uint8Array): MessageShape<M> {
  try {
    return fromBinary(schema, bytes)
  } catch (error) {
    throw notDecodable(schema, messageOf(error))
  }
}
