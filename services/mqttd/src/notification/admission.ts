import { contains, type Prefix, parseAddress, parsePrefix } from '@hangar/inet'

/** Finds the addresses of a host name; throws when there are none. */
export type ResolveName = (name: string) => Promise<readonly string[]>

/** Who may come in: `allow-clients address [ ... ]`, with names already looked up. Empty: nobody. */
export class Admission {
  readonly #prefixes: readonly Prefix[]

  constructor(prefixes: readonly Prefix[]) {
    this.#prefixes = prefixes
  }

  /** `address`: as text; an IPv4 address is not written as mapped into IPv6. */
  allows(address: string): boolean {
    const parsed = parseAddress(address)
    return parsed !== undefined && this.#prefixes.some(prefix => contains(prefix, parsed))
  }
}

/** Reads the statements: prefixes, addresses, and names, which are looked up once, now. `unknown` are the names without an address. */
export async function readAdmission(
  statements: readonly string[],
  resolve: ResolveName,
): Promise<{ admission: Admission; unknown: string[] }> {
  const unknown: string[] = []
  const found = await Promise.all(
    statements.map(async statement => {
      const prefix = parsePrefix(statement)
      if (prefix) return [prefix]
      const addresses = await resolve(statement).catch(() => [])
      if (addresses.length === 0) unknown.push(statement)
      return addresses.flatMap(text => parsePrefix(text) ?? [])
    }),
  )
  return { admission: new Admission(found.flat()), unknown }
}
