/* Our broker as a process of its own, with its listener and its limits as in a device; it prints its port. */
import { Broker } from '@hangar/mqttd/broker'
import { Notification } from '@hangar/mqttd/notification'
import { silentLogger, systemClock, systemRandom } from '@hangar/runtime'

const broker = await Broker.create({ clock: systemClock, random: systemRandom, log: silentLogger })
const notification = new Notification({
  clock: systemClock,
  host: '127.0.0.1',
  port: 0,
  broker: async () => broker,
  resolve: async () => [],
  log: () => {},
})
await notification.apply({ port: 1883, maxConnections: 200, socketSendBuffer: 65_536, allowClients: ['127.0.0.1'] })
console.log(notification.endpoint?.port)
