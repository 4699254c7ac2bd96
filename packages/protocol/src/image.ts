import { readFileSync } from 'node:fs'
import { fromJsonString } from '@bufbuild/protobuf'
import { type FileDescriptorSet, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'

/** The whole schema as `node generate.mjs` built it last. */
export function readImage(): FileDescriptorSet {
  return fromJsonString(FileDescriptorSetSchema, readFileSync(new URL('../image.json', import.meta.url), 'utf8'))
}
