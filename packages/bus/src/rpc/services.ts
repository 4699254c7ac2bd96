import type { DescMethod, DescService } from '@bufbuild/protobuf'
import { createServiceImplSpec, type MethodImplSpec, type ServiceImpl, type ServiceImplSpec } from '@connectrpc/connect'

/** What a daemon serves. */
export class ServedServices {
  readonly #services = new Map<string, ServiceImplSpec>()

  /** Throws when the service is already served. */
  add<S extends DescService>(service: S, implementation: ServiceImpl<S>): void {
    if (this.#services.has(service.typeName)) throw new Error(`${service.typeName} is already served`)
    this.#services.set(service.typeName, createServiceImplSpec(service, implementation))
  }

  find(method: DescMethod): MethodImplSpec | undefined {
    return this.#services.get(method.parent.typeName)?.methods[method.localName]
  }
}
