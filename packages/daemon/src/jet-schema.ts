import { type DescFile, toBinary } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'

/** Files and all that they import, each after its imports, as FileDescriptorProtos. */
export function describeFiles(files: Iterable<DescFile>): Uint8Array[] {
  const found = new Set<DescFile>()
  const find = (file: DescFile) => {
    if (found.has(file)) return
    for (const dependency of file.dependencies) find(dependency)
    found.add(file)
  }
  for (const file of files) find(file)
  return [...found].map(file => toBinary(FileDescriptorProtoSchema, file.proto))
}
