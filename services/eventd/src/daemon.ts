import { watchState } from '@hangar/bus'
import { defineDaemon } from '@hangar/daemon'
import { SyslogMessageSchema } from '@hangar/protocol/hangar/eventd/v1/eventd_pb'
import { RoutingSocketEventSchema } from '@hangar/protocol/hangar/kernel/v1/kernel_pb'
import { ConfigUpdateSchema } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { Mqttd } from '@hangar/protocol/hangar/mqttd/v1/mqttd_pb'
import { clearLog } from './commands/clear-log.ts'
import { logFileCompletion } from './commands/log-words.ts'
import { showLog } from './commands/show-log.ts'
import { boundedMessage } from './event/bounded-message.ts'
import { configUpdateEvent } from './event/config-update-event.ts'
import { kernelEvent } from './event/kernel-event.ts'
import { syslogEvent } from './event/syslog-event.ts'
import { readSyslog } from './log/configuration.ts'
import { LogFiles } from './log/log-files.ts'
import { EventPublisher } from './publish/event-publisher.ts'
import { RouteBacklog } from './publish/route-backlog.ts'
import { EventGate } from './topic/event-gate.ts'
import { RouteFilters } from './topic/route-filters.ts'

export const eventd = defineDaemon({
  name: 'eventd',
  title: 'Event processing process',
  signals: ['EVENTS_FLOWING'],

  async start(host) {
    const { bus, clock, random, log, lifecycle } = host
    let hostname = 'hangar'
    const files = new LogFiles(() => clock.now())
    const published = host.metrics.counter('events_published', 'Events given to the notification broker')
    const dropped = host.metrics.counter('events_dropped', 'Events lost because the notification broker was away')
    const broker = bus.client('mqttd', Mqttd)
    const publisher = new EventPublisher({
      clock,
      log,
      endpoint: () => broker.getPublisherEndpoint({}),
      onDropped: count => dropped.add(count),
      onAcknowledged: () => routes.wake(),
    })
    const publish = (topic: string, payload: string) => {
      publisher.publish(topic, payload)
      published.add()
    }
    const gate = new EventGate(
      () => wanted.synced,
      () => wanted.values.keys(),
      event => publish(event.topic, event.render(hostname)),
    )
    const filters = new RouteFilters()
    const routes = new RouteBacklog({
      filters,
      known: () => wanted.synced,
      keepsUp: () => publisher.keepsUp,
      hostname: () => hostname,
      publish,
      offer: event => gate.offer(event),
      onDropped: count => dropped.add(count),
    })
    const wanted = watchState({
      bus,
      clock,
      random,
      log,
      daemon: 'mqttd',
      open: signal => broker.watchSubscriptions({}, { signal }),
      read: ({ mark, filter }) => ({ mark, key: filter, value: true }),
      onPut(filter) {
        filters.put(filter)
        publisher.connect()
      },
      onDelete: filter => filters.delete(filter),
      onSynced() {
        gate.open()
        routes.wake()
        host.signal('EVENTS_FLOWING')
      },
    })

    const onGap = ({ daemon, missed }: { daemon: string; missed: bigint }) => {
      log.warn({ daemon, missed: `${missed}` }, 'events were lost')
      dropped.add(Number(missed))
    }
    const subscriptions = [
      await bus.subscribe(
        'kernel',
        'rtsock',
        RoutingSocketEventSchema,
        message => {
          const { object, timeMs } = message
          if (object.case === 'routes') {
            routes.push(object.value, Number(timeMs))
            return
          }
          const event = kernelEvent(message)
          if (!event) return
          if (object.case === 'routeTable') routes.pushEvent(event)
          else gate.offer(event)
        },
        onGap,
      ),
      await bus.subscribe(
        '*',
        'syslog',
        SyslogMessageSchema,
        given => {
          const message = boundedMessage(given)
          files.write(message, hostname)
          gate.offer(syslogEvent(message))
        },
        onGap,
      ),
      await bus.subscribe(
        'mgd',
        'config-update',
        ConfigUpdateSchema,
        update => gate.offer(configUpdateEvent(update)),
        onGap,
      ),
    ]

    host.configure({
      subtrees: [
        ['system', 'host-name'],
        ['system', 'syslog'],
      ],
      async check(next) {
        const { problems } = await readSyslog(next)
        return problems.map(({ file, message }) => ({ path: ['system', 'syslog', 'file', file], message }))
      },
      async apply(next) {
        hostname = next.at('system').leaf('host-name') ?? 'hangar'
        files.configure((await readSyslog(next)).files)
        return undefined
      },
    })
    host.command(showLog(files))
    host.command(clearLog(files))
    host.completion(logFileCompletion, () => files.list().map(([name]) => ({ name })))
    lifecycle.onStop('events', async () => {
      for (const subscription of subscriptions) await subscription[Symbol.asyncDispose]()
      await wanted[Symbol.asyncDispose]()
      routes.close()
      publisher.close()
    })
  },
})
