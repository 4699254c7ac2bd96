import { refusal } from './fault.ts'
import type { NetconfServices } from './services.ts'
import type { NetconfClient } from './session.ts'

/** Throws where the client's class may not. */
export function allow(services: NetconfServices, { visitor }: NetconfClient, permission: string): void {
  if (!services.may(visitor.loginClass, permission)) throw refusal('permission denied', undefined, 'access-denied')
}
