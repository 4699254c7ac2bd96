import { create } from '@bufbuild/protobuf'
import { ConfigUpdateSchema } from '@hangar/protocol/hangar/mgd/v1/mgd_pb'
import { expect, test } from 'vitest'
import { configUpdateEvent } from './config-update-event.ts'

test('a commit is an object with the patch alone, without the envelope of other events', () => {
  const commitPatch = '<configuration>\n    <system nc:operation="delete"/>\n</configuration>\n'
  const event = configUpdateEvent(create(ConfigUpdateSchema, { commitPatch }))
  expect(event.topic).toBe('/junos/events/genpub/config-update')
  expect(JSON.parse(event.render('r1'))).toEqual({ 'commit-patch': commitPatch })
})
