import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createFileRegistry,
  type DescMessage,
  fromBinary,
  fromJson,
  type JsonObject,
  toBinary,
  toJson,
} from '@bufbuild/protobuf'
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import type { RouteTable } from '@hangar/example-loader/table'
import { concat, field } from '@hangar/example-loader/wire'

/** Where Debian's golang-github-osrg-gobgp-dev puts the API's proto files, unless told otherwise. */
const sources = process.env.GOBGP_API ?? '/usr/share/gocode/src/github.com/osrg/gobgp/api'

export function gobgpApiIsThere(): boolean {
  return existsSync(join(sources, 'gobgp.proto'))
}

/** gobgpd's API, compiled when it is needed; messages as JSON. */
export class GobgpApi {
  readonly #registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, compile()))

  encode(type: string, json: JsonObject): Buffer {
    const schema = this.#message(type)
    return Buffer.from(toBinary(schema, fromJson(schema, json)))
  }

  decode(type: string, bytes: Uint8Array): JsonObject {
    const schema = this.#message(type)
    return toJson(schema, fromBinary(schema, bytes)) as JsonObject
  }

  /** AddPathStreamRequests of `batch` routes. */
  streamRequests(table: RouteTable, gateways: readonly string[], batch: number): Buffer[] {
    const paths = this.#paths(table, gateways, this.#number('AddPathStreamRequest', 'paths'))
    const requests: Buffer[] = []
    for (let from = 0; from < paths.length; from += batch)
      requests.push(Buffer.from(concat(paths.slice(from, from + batch))))
    return requests
  }

  /** AddPathRequests of the first `count` routes. */
  unaryRequests(table: RouteTable, gateways: readonly string[], count: number): Buffer[] {
    return this.#paths({ ...table, count }, gateways, this.#number('AddPathRequest', 'path')).map(path =>
      Buffer.from(path),
    )
  }

  /** Each route as field `number` of a request, prefix and attributes in the form of BGP messages: with them in Any, gobgpd needs half as much CPU again. */
  #paths(table: RouteTable, gateways: readonly string[], number: number): Uint8Array[] {
    const prefix = this.#number('Path', 'nlri_binary')
    const rest = gateways.map(gateway => this.#attributes(gateway))
    return Array.from({ length: table.count }, (_, route) =>
      field(number, field(prefix, prefixBytes(table, route)), rest[table.nextHops[route]!]!),
    )
  }

  #attributes(gateway: string): Uint8Array {
    const origin = Buffer.from([0x40, 1, 1, 0])
    const nextHop = Buffer.from([0x40, 3, 4, ...gateway.split('.').map(Number)])
    return this.encode('Path', {
      family: { afi: 'AFI_IP', safi: 'SAFI_UNICAST' },
      pattrsBinary: [origin.toString('base64'), nextHop.toString('base64')],
    })
  }

  #number(type: string, name: string): number {
    return this.#message(type).fields.find(it => it.name === name)!.number
  }

  #message(type: string): DescMessage {
    return this.#registry.getMessage(`apipb.${type}`)!
  }
}

/** RFC 4271 4.3: the length, and as many bytes as it needs. */
function prefixBytes({ addresses, lengths }: RouteTable, route: number): Uint8Array {
  const length = lengths[route]!
  const word = addresses[route]!
  return Uint8Array.of(length, word >>> 24, word >>> 16, word >>> 8, word).subarray(0, 1 + Math.ceil(length / 8))
}

function compile(): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'hangar-gobgp-'))
  const file = join(directory, 'api.pb')
  const protos = ['gobgp.proto', 'attribute.proto', 'capability.proto']
  try {
    execFileSync('protoc', ['-I', sources, '--include_imports', `--descriptor_set_out=${file}`, ...protos])
    return readFileSync(file)
  } finally {
    rmSync(directory, { recursive: true })
  }
}
