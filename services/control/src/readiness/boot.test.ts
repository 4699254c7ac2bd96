import { create } from '@bufbuild/protobuf'
import { AnnouncementSchema } from '@hangar/protocol/hangar/daemon/v1/daemon_pb'
import { expect, test } from 'vitest'
import { bootSignals, readinessOf } from './boot.ts'

const member = (daemon: string, signals: string[], expectedSignals: string[] = signals) =>
  create(AnnouncementSchema, { daemon, signals, expectedSignals })

test('a device without daemons waits for every boot signal', () => {
  expect(readinessOf([])).toEqual({ ready: false, signals: [], missing: [...bootSignals], daemons: [] })
})

test('signals are listed in boot order, and READY ends the list', () => {
  const members = [
    member('mqttd', ['BROKER_LISTENING']),
    member('jsd', ['JSD_LISTENING']),
    member('eventd', ['EVENTS_FLOWING']),
    member('dcd', ['INTERFACES_UP']),
    member('rpd', ['RIB_SYNCED']),
    member('kernel', ['FIB_SYNCED']),
    member('mgd', ['CONFIG_LOADED', 'CLI_LISTENING']),
  ]
  expect(readinessOf(members)).toEqual({
    ready: true,
    signals: [...bootSignals, 'READY'],
    missing: [],
    daemons: ['dcd', 'eventd', 'jsd', 'kernel', 'mgd', 'mqttd', 'rpd'],
  })
})

test('a signal that a further daemon announces is waited for too', () => {
  const members = [member('all', [...bootSignals]), member('bgpd', [], ['PEERS_UP'])]
  expect(readinessOf(members)).toMatchObject({ ready: false, missing: ['PEERS_UP'] })
})
