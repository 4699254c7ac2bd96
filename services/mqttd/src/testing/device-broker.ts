import { type Clock, seededRandom, silentLogger, systemClock } from '@hangar/runtime'
import { Broker, type BrokerLimits } from '../broker/broker.ts'
import { PublisherDoor } from '../door/publisher-door.ts'
import { type NotificationConfiguration, notificationDefaults } from '../notification/configuration.ts'
import { Notification } from '../notification/notification.ts'

export interface TestBroker extends AsyncDisposable {
  broker: Broker
  notification: Notification
  door: PublisherDoor
  port: number
  lines: string[]
  filters: Map<string, boolean>
  configure(configuration: Partial<NotificationConfiguration>): Promise<string[]>
}

/** The broker with both its doors, on free ports of loopback; loopback is allowed unless told otherwise. */
export async function testBroker(
  options: { clock?: Clock; limits?: Partial<BrokerLimits>; configuration?: Partial<NotificationConfiguration> } = {},
): Promise<TestBroker> {
  const clock = options.clock ?? systemClock
  const random = seededRandom(1)
  const lines: string[] = []
  const filters = new Map<string, boolean>()
  const broker = await Broker.create({
    clock,
    random,
    log: silentLogger,
    limits: options.limits ?? {},
    onFilter: (filter, wanted) => (wanted ? filters.set(filter, true) : filters.delete(filter)),
  })
  const notification = new Notification({
    clock,
    host: '127.0.0.1',
    port: 0,
    broker: async () => broker,
    resolve: async name => (name === 'localhost' ? ['127.0.0.1'] : []),
    log: line => lines.push(line),
  })
  const door = await PublisherDoor.open({ host: '127.0.0.1', port: 0, random, broker: async () => broker })
  const configure = (configuration: Partial<NotificationConfiguration>) =>
    notification.apply({ ...notificationDefaults, allowClients: ['127.0.0.0/8'], ...configuration })
  await configure(options.configuration ?? {})
  return {
    broker,
    notification,
    door,
    port: notification.endpoint!.port,
    lines,
    filters,
    configure,
    async [Symbol.asyncDispose]() {
      notification.close()
      door.close()
      await broker.close()
    },
  }
}
