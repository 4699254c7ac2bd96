import type { GivenConfiguration, LoadType } from './load-configuration.ts'

/** Configuration as either generation of the API brings it. */
export type GivenConfig =
  | { readonly case: 'xmlConfig' | 'jsonConfig' | 'textConfig'; readonly value: string }
  | { readonly case: undefined; readonly value?: undefined }

/** Bytes of configuration in one request; gRPC's own limit is below it. */
const longest = 64 * 1024 * 1024

/** What a request wants to be loaded; or what is wrong with the question. */
export function givenConfiguration(
  { case: kind, value }: GivenConfig,
  type: LoadType,
): GivenConfiguration | { readonly fault: 'missing' | 'encoding'; readonly message: string } {
  if (kind === undefined || value.trim() === '') return { fault: 'missing', message: 'no configuration given' }
  if (value.length > longest) return { fault: 'missing', message: 'the configuration is too large' }
  if (kind === 'textConfig') return { format: type === 'set' ? 'set' : 'text', text: value }
  if (type === 'set') return { fault: 'encoding', message: 'set commands are given as text' }
  return { format: kind === 'xmlConfig' ? 'xml' : 'json', text: value }
}

/** The value of an operation on an ephemeral database. */
export function ephemeralValue({
  case: kind,
  value,
}:
  | { readonly case: 'xmlConfig' | 'jsonConfig'; readonly value: string }
  | { readonly case: undefined; readonly value?: undefined }) {
  return kind === undefined
    ? undefined
    : { format: kind === 'xmlConfig' ? ('xml' as const) : ('json' as const), text: value }
}
