import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { commit } from '../clients/configuration.ts'
import { mosquittoSub, publish, Subscriber } from '../clients/mqtt.ts'
import { Program } from '../clients/program.ts'
import type { DeviceOf } from '../device.ts'
import { split } from '../device.ts'

const notification = 'system services extension-service notification'

export function admissionCases(device: DeviceOf): void {
  describe('the broker', () => {
    test.each(['mqttv31', 'mqttv311'])('mosquitto_sub and mosquitto_pub, %s', async version => {
      const { endpoints } = device()
      const subscriber = mosquittoSub(endpoints.mqtt, '-V', version, '-q', '2', '-t', 'a/+', '-C', '2')
      await lineWith(subscriber, 'Subscribed')
      await publish(endpoints.mqtt, 'a/b', 'one', '-V', version)
      await publish(endpoints.mqtt, 'a/c', 'two', '-V', version)
      await lineWith(subscriber, /^a\/b one$/)
      await lineWith(subscriber, /^a\/c two$/)
      expect((await subscriber.end()).code).toBe(0)
    })

    test('who publishes on a topic of events gets it back', async () => {
      const { endpoints } = device()
      const topic = '/junos/events/syslog/LOGIN_INFORMATION'
      await using subscriber = await Subscriber.to(endpoints.mqtt, topic)
      await publish(endpoints.mqtt, topic, 'free text')
      expect(await subscriber.next()).toEqual({ topic, retain: 0, payload: 'free text' })
    })

    test('its own log lines are SYSTEM events', async () => {
      const { endpoints } = device()
      await using subscriber = await Subscriber.to(endpoints.mqtt, '/junos/events/syslog/SYSTEM')
      await publish(endpoints.mqtt, 'a', 'b', '-i', 'somebody')
      for (;;) {
        const event = JSON.parse((await subscriber.next()).payload)['jet-event']
        expect(event['event-id']).toBe('SYSTEM')
        expect(Object.keys(event.attributes)).toEqual(['message'])
        if (/^New client connected from \S+ as somebody \(/.test(event.attributes.message)) break
      }
    })

    test('a client that is not in allow-clients: its CONNECT is read, then the connection ends without an answer', async () => {
      const { endpoints } = device()
      await commit(
        endpoints.ssh,
        `delete ${notification} allow-clients`,
        `set ${notification} allow-clients address 203.0.113.0/24`,
      )
      expect(await answerToConnect(endpoints.mqtt)).toEqual(Buffer.alloc(0))
      const refused = await mosquittoSub(endpoints.mqtt, '-t', '#', '-W', '2').end()
      expect(refused.code).not.toBe(0)
      await commit(endpoints.ssh, `set ${notification} allow-clients address 0.0.0.0/0`)
      await publish(endpoints.mqtt, 'a', 'b')
    })

    test('without allow-clients nobody may connect', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, `delete ${notification} allow-clients`)
      expect(await answerToConnect(endpoints.mqtt)).toEqual(Buffer.alloc(0))
    })

    test('more clients than max-connections: those that are there go on', async () => {
      const { endpoints } = device()
      await commit(endpoints.ssh, `set ${notification} max-connections 2`)
      await using first = await Subscriber.to(endpoints.mqtt, 'a')
      await using second = await Subscriber.to(endpoints.mqtt, 'a')
      expect(await new Program('mosquitto_pub', pubArgs(endpoints.mqtt)).end()).toMatchObject({
        code: expect.toSatisfy(code => code !== 0),
      })
      await first[Symbol.asyncDispose]()
      await publish(endpoints.mqtt, 'a', 'b')
      expect(await second.next()).toMatchObject({ payload: 'b' })
    })
  })
}

function pubArgs(endpoint: string): string[] {
  const { host, port } = split(endpoint)
  return ['-h', host, '-p', String(port), '-t', 'a', '-m', 'too many']
}

/** The lines up to one that matches. */
async function lineWith(program: Program, pattern: RegExp | string): Promise<void> {
  for (;;) {
    const line = await program.line()
    if (typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line)) return
  }
}

/** MQTT 3.1.1 CONNECT, anonymous and with a clean session; what the broker sends until it ends the connection. */
async function answerToConnect(endpoint: string): Promise<Buffer> {
  const { host, port } = split(endpoint)
  const socket = connect(port, host)
  const chunks: Buffer[] = []
  socket.on('data', chunk => chunks.push(chunk))
  socket.write(Buffer.from('100f00044d515454040200000003616263', 'hex'))
  await once(socket, 'end')
  socket.destroy()
  return Buffer.concat(chunks)
}
