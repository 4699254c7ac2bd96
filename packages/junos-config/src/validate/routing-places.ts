import type { Step } from '../tree/path.ts'
import type { ConfigView } from '../tree/view.ts'
import { step } from './place.ts'

/** A hierarchy that the device and each of its instances have, with the way to it. */
export interface RoutingPlace {
  /** The instance, '' for the device itself. */
  readonly instance: string
  readonly path: readonly Step[]
  readonly view: ConfigView
}

/** `routing-options` or `protocols` of the device, then of its instances; those that are configured. */
export function routingPlaces(config: ConfigView, name: 'routing-options' | 'protocols'): RoutingPlace[] {
  const own = config.at(name)
  const instances = config.at('routing-instances')
  return [
    { instance: '', path: [step(own)], view: own },
    ...instances.list().map(instance => {
      const view = instance.at(name)
      return { instance: instance.key, path: [step(instances), step(instance), step(view)], view }
    }),
  ].filter(place => place.view.exists)
}
