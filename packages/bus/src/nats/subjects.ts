import type { DescMethod, DescService } from '@bufbuild/protobuf'

/** The subjects of one device. Nothing of another device can match one of them: a device's name has no dot and no wildcard. */
export class Subjects {
  readonly #device: string

  constructor(device: string) {
    this.#device = `hangar.${device}`
  }

  method(daemon: string, method: DescMethod): string {
    return `${this.#device}.rpc.${daemon}.${method.parent.typeName}.${method.name}`
  }

  /** All methods of a service; the last token is the method's name. */
  service(daemon: string, service: DescService): string {
    return `${this.#device}.rpc.${daemon}.${service.typeName}.*`
  }

  /** What every inbox of the device begins with. */
  get inboxes(): string {
    return `${this.#device}.inbox.`
  }

  /** Where one end of the bus hears answers; a token of its own follows for each call. */
  inbox(daemon: string, incarnation: string): string {
    return `${this.inboxes}${daemon}.${incarnation}.`
  }

  /** `daemon` may be `*`. */
  event(daemon: string, kind: string): string {
    return `${this.#device}.event.${daemon}.${kind}`
  }

  /** Where the publishers of a kind are asked where they stand. */
  position(kind: string): string {
    return `${this.#device}.position.${kind}`
  }

  get members(): string {
    return `${this.#device}.member`
  }
}

/** Who an inbox belongs to, as `<daemon>.<incarnation>`; undefined when it is no inbox of this device. */
export function ownerOfInbox(subjects: Subjects, inbox: string): string | undefined {
  if (!inbox.startsWith(subjects.inboxes)) return undefined
  const start = subjects.inboxes.length
  const first = inbox.indexOf('.', start)
  const second = first < 0 ? -1 : inbox.indexOf('.', first + 1)
  if (first <= start || second <= first + 1 || second === inbox.length - 1) return undefined
  return inbox.slice(start, second)
}
