import { create, createFileRegistry, type DescFile, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { GenFile } from '@bufbuild/protobuf/codegenv2'
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import { describe, expect, it } from 'vitest'
import { parts, readFacts } from './contract/facts.ts'

// Generic clients (grpcurl, server reflection) know a service by a FileDescriptorSet: the file that declares it and
// every file below that, dependencies first. Each one has to be had from the generated code alone.

/** The file as the generated code describes it. */
async function generatedFile(name: string): Promise<DescFile> {
  const stem = name.replace(/\.proto$/, '')
  const generated = (await import(`@hangar/protocol/${stem}_pb`)) as Record<string, GenFile>
  return generated[`file_${stem}`]!
}

function withDependencies(file: DescFile, found = new Set<DescFile>()): Set<DescFile> {
  for (const dependency of file.dependencies) withDependencies(dependency, found)
  return found.add(file)
}

const services = parts.flatMap(part =>
  Object.entries(readFacts(part)).flatMap(([file, facts]) =>
    Object.entries(facts.services).map(([service, rpcs]) => ({ file, service, rpcs: rpcs.map(rpc => rpc.name) })),
  ),
)

describe('a FileDescriptorSet for every service', () => {
  it('covers the 182 RPCs of the contract', async () => {
    const described: string[] = []
    for (const { file, service, rpcs } of services) {
      const files = [...withDependencies(await generatedFile(file))].map(desc => desc.proto)
      const bytes = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: files }))
      const desc = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes)).getService(service)
      expect(desc?.methods.map(method => method.name).sort(), service).toEqual(rpcs.sort())
      described.push(...rpcs)
    }
    expect(described).toHaveLength(182)
  })
})
