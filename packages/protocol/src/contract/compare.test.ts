import { create } from '@bufbuild/protobuf'
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FileDescriptorProto,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt'
import { describe, expect, it } from 'vitest'
import { compare, unknownTo } from './compare.ts'
import type { FileFacts } from './facts.ts'
import { schemaOf } from './schema.ts'

const facts: FileFacts = {
  package: 'p',
  services: { 'p.S': [{ name: 'Get', request: 'p.M', response: 'p.M', server_streaming: true }] },
  messages: {
    'p.M': {
      fields: [
        { number: 1, name: 'id', type: 'uint32' },
        { number: 2, name: 'names', type: 'string', label: 'repeated' },
        { number: 3, name: 'text', type: 'string', oneof: 'value' },
      ],
    },
  },
  enums: { 'p.E': { values: [{ name: 'ZERO', number: 0 }] } },
}

/** The schema of those facts, after `change` has done something to it. */
function built(change: (file: FileDescriptorProto) => void = () => {}) {
  const set = create(FileDescriptorSetSchema, {
    file: [
      {
        package: 'p',
        service: [
          { name: 'S', method: [{ name: 'Get', inputType: '.p.M', outputType: '.p.M', serverStreaming: true }] },
        ],
        messageType: [
          {
            name: 'M',
            oneofDecl: [{ name: 'value' }],
            field: [
              { name: 'id', number: 1, type: FieldDescriptorProto_Type.UINT32 },
              {
                name: 'names',
                number: 2,
                type: FieldDescriptorProto_Type.STRING,
                label: FieldDescriptorProto_Label.REPEATED,
              },
              { name: 'text', number: 3, type: FieldDescriptorProto_Type.STRING, oneofIndex: 0 },
            ],
          },
        ],
        enumType: [{ name: 'E', value: [{ name: 'ZERO', number: 0 }] }],
      },
    ],
  })
  change(set.file[0]!)
  return schemaOf(set)
}

const field = (file: FileDescriptorProto, index: number) => file.messageType[0]!.field[index]!
const rpc = (file: FileDescriptorProto) => file.service[0]!.method[0]!

describe('compare', () => {
  it('counts four facts an RPC, one a message, four a field, one an enum value', () => {
    expect(compare([facts], built())).toEqual({ checked: 4 + 1 + 3 * 4 + 1, differences: [] })
  })

  it.each<[string, (file: FileDescriptorProto) => void]>([
    ['/p.S/Get takes', file => (rpc(file).inputType = '.p.N')],
    ['/p.S/Get answers', file => (rpc(file).outputType = '.p.N')],
    ['/p.S/Get streams from the client', file => (rpc(file).clientStreaming = true)],
    ['/p.S/Get streams from the server', file => (rpc(file).serverStreaming = false)],
    ['p.M.id number', file => (field(file, 0).number = 9)],
    ['p.M.id type', file => (field(file, 0).type = FieldDescriptorProto_Type.INT32)],
    ['p.M.id oneof', file => (field(file, 0).oneofIndex = 0)],
    ['p.M.names label', file => (field(file, 1).label = FieldDescriptorProto_Label.OPTIONAL)],
    ['p.E.ZERO', file => (file.enumType[0]!.value[0]!.number = 1)],
  ])('finds a change of: %s', (what, change) => {
    const { differences } = compare([facts], built(change))
    expect(differences).toHaveLength(1)
    expect(differences[0]).toContain(`${what}: `)
  })

  it('finds a missing message with all its fields', () => {
    const { differences } = compare(
      [facts],
      built(file => (file.messageType = [])),
    )
    expect(differences).toHaveLength(1 + 3 * 4)
  })
})

describe('unknownTo', () => {
  it('names what the contract does not have', () => {
    expect(unknownTo([facts], built())).toEqual([])
    const more = built(file => {
      field(file, 0).name = 'ident'
      rpc(file).name = 'Fetch'
      file.enumType[0]!.value[0]!.name = 'NONE'
    })
    expect(unknownTo([facts], more)).toEqual(['p.E.NONE', 'p.M.ident', 'p.S.Fetch'])
  })
})
