import { lookup } from 'node:dns/promises'
import { StateOwner } from '@hangar/bus'
import { defineDaemon } from '@hangar/daemon'
import { Mqttd } from '@hangar/protocol/hangar/mqttd/v1/mqttd_pb'
import type { Endpoint } from '@hangar/runtime'
import type { Broker } from './broker/broker.ts'
import { PublisherDoor } from './door/publisher-door.ts'
import { notificationPath, readNotification } from './notification/configuration.ts'
import { Notification } from './notification/notification.ts'
import { notificationSockets } from './notification/sockets.ts'

export interface MqttdOptions {
  /** Stands in for the configured port; 0: any free one. */
  port?: number
  /** Hears where clients connect each time that the listener comes, undefined when it goes. */
  onListening?(endpoint: Endpoint | undefined): void
  /** The address or name of its own that eventd connects to: "127.0.0.1" unless told otherwise, in a container its name. */
  publisherHost?: string
  /** 0, which is the default: any free one. */
  publisherPort?: number
}

export const mqttd = defineDaemon<MqttdOptions>({
  name: 'mqttd',
  title: 'Notification broker',
  signals: ['BROKER_LISTENING'],

  async start(host, options) {
    const { clock, random, log } = host
    const filters = new StateOwner<true>({ incarnation: host.bus.incarnation })
    let loading: Promise<Broker> | undefined
    let broker: Broker | undefined
    const theBroker = async () => {
      // Not before somebody connects: most of a broker's start is loading it.
      loading ??= import('./broker/broker.ts').then(({ Broker }) =>
        Broker.create({
          clock,
          random,
          log,
          onFilter: (filter, wanted) => (wanted ? filters.put(filter, true) : filters.delete(filter)),
        }),
      )
      broker = await loading
      return broker
    }

    const door = await PublisherDoor.open({
      host: options.publisherHost ?? '127.0.0.1',
      port: options.publisherPort ?? 0,
      random,
      broker: theBroker,
    })
    const notification = new Notification({
      clock,
      host: host.listenHost,
      port: options.port,
      broker: theBroker,
      resolve: async name => (await lookup(name, { all: true })).map(({ address }) => address),
      log: line => host.syslog({ process: 'mosquitto', facility: 'daemon', severity: 'notice', message: line }),
      onListening: options.onListening,
    })

    host.serve(Mqttd, {
      getPublisherEndpoint: () => ({ ...door.endpoint, ...door.credentials }),
      async *watchSubscriptions(_, { signal }) {
        for await (const { mark, key } of filters.watch(signal)) yield { mark, filter: key }
      },
    })
    host.configure({
      subtrees: [notificationPath],
      async apply(next) {
        const problems = await notification.apply(readNotification(next))
        if (problems.length === 0) host.signal('BROKER_LISTENING')
        return problems.map(message => ({ path: notificationPath, message }))
      },
    })
    host.sockets(() => notificationSockets(notification, broker))
    host.metrics.gauge('mqtt_clients', 'Clients connected to the notification broker', () =>
      broker ? [...broker.clients()].filter(one => one.entrance === notification).length : 0,
    )
    host.lifecycle.onStop('broker', async () => {
      notification.close()
      door.close()
      await (await loading)?.close()
    })
  },
})
