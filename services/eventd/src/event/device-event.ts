/** An event on its way to the broker. The topic says whether anybody wants it; only then is it worth rendering. */
export interface DeviceEvent {
  readonly topic: string
  /** `hostname` as configured. */
  render(hostname: string): string
}

/** A topic is made of names that users choose; what a topic must not hold [MQTT-3.3.2-2, 1.5.3-2] becomes an underscore. */
export function topicOf(...levels: readonly (string | number)[]): string {
  return ['/junos/events', ...levels].join('/').replace(/[+#\0]/g, '_')
}
