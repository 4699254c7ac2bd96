import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FileDescriptorSet,
  type MethodDescriptorProto,
} from '@bufbuild/protobuf/wkt'

/**
 * A built schema, flat and by full name, in the facts' words. Map fields stay what they are on the wire: a repeated
 * field of an entry message.
 */
export type Schema = {
  services: Map<string, Map<string, Rpc>>
  messages: Map<string, Message>
  enums: Map<string, Map<string, number>>
}
export type Rpc = { request: string; response: string; clientStream: boolean; serverStream: boolean }
export type Message = { mapEntry: boolean; fields: Map<string, Field> }
export type Field = { number: number; type: string; label: 'optional' | 'repeated'; oneof: string | undefined }

/** Flattens what the compiler built from the packages that `wanted` accepts. */
export function schemaOf(set: FileDescriptorSet, wanted: (pkg: string) => boolean = () => true): Schema {
  const schema: Schema = { services: new Map(), messages: new Map(), enums: new Map() }
  for (const file of set.file.filter(file => wanted(file.package))) {
    for (const message of file.messageType) addMessage(schema, file.package, message)
    for (const desc of file.enumType) addEnum(schema, file.package, desc)
    for (const service of file.service)
      schema.services.set(`${file.package}.${service.name}`, new Map(service.method.map(rpc => [rpc.name, rpcOf(rpc)])))
  }
  return schema
}

function addMessage(schema: Schema, scope: string, desc: DescriptorProto): void {
  const name = `${scope}.${desc.name}`
  const fields = new Map(desc.field.map(field => [field.name, fieldOf(desc, field)]))
  schema.messages.set(name, { mapEntry: desc.options?.mapEntry ?? false, fields })
  for (const nested of desc.nestedType) addMessage(schema, name, nested)
  for (const nested of desc.enumType) addEnum(schema, name, nested)
}

function addEnum(schema: Schema, scope: string, desc: EnumDescriptorProto): void {
  schema.enums.set(`${scope}.${desc.name}`, new Map(desc.value.map(value => [value.name, value.number])))
}

function fieldOf(message: DescriptorProto, field: FieldDescriptorProto): Field {
  // A proto3 `optional` is a oneof of the compiler's making: not one that the contract could name.
  const inOneof = Object.hasOwn(field, 'oneofIndex') && !field.proto3Optional
  return {
    number: field.number,
    type: field.typeName ? withoutDot(field.typeName) : FieldDescriptorProto_Type[field.type].toLowerCase(),
    label: field.label === FieldDescriptorProto_Label.REPEATED ? 'repeated' : 'optional',
    oneof: inOneof ? message.oneofDecl[field.oneofIndex]?.name : undefined,
  }
}

function rpcOf(rpc: MethodDescriptorProto): Rpc {
  return {
    request: withoutDot(rpc.inputType),
    response: withoutDot(rpc.outputType),
    clientStream: rpc.clientStreaming,
    serverStream: rpc.serverStreaming,
  }
}

/** References to types are written with a leading dot in descriptors. */
function withoutDot(name: string): string {
  return name.replace(/^\./, '')
}
