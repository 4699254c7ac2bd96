import { readFileSync } from 'node:fs'

/** One RPC; a missing stream flag means unary in that direction. */
export type RpcFact = {
  name: string
  request: string
  response: string
  client_streaming?: boolean
  server_streaming?: boolean
}

/** One field. `type` is a scalar's name or the full name of a message or enum; a missing `label` means singular. */
export type FieldFact = { number: number; name: string; type: string; label?: 'repeated'; oneof?: string }

/** What one .proto file declares; keys are full names, nested types included. */
export type FileFacts = {
  package: string
  services: Record<string, RpcFact[]>
  messages: Record<string, { fields: FieldFact[]; map_entry?: boolean }>
  enums: Record<string, { values: { name: string; number: number }[] }>
}

/** The parts of the contract; each is a file in proto/jet/contract. */
export const parts = ['classic', 'modern', 'telemetry'] as const

/** Reads the facts of one part, by the name of the .proto file that carries them. */
export function readFacts(part: (typeof parts)[number]): Record<string, FileFacts> {
  const path = new URL(`../../../../proto/jet/contract/${part}.json`, import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { files: Record<string, FileFacts> }).files
}
