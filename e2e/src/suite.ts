import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { adminCases } from './cases/admin.ts'
import { admissionCases } from './cases/admission.ts'
import { automationCases } from './cases/automation.ts'
import { controlCases } from './cases/control.ts'
import { garbageCases } from './cases/garbage.ts'
import { lessonCases } from './cases/lesson.ts'
import { loginCases } from './cases/login.ts'
import { netconfCases } from './cases/netconf.ts'
import { notificationCases } from './cases/notifications.ts'
import { restartCases } from './cases/restart.ts'
import { routeCases } from './cases/routes.ts'
import { sessionCases } from './cases/sessions.ts'
import { tlsCases } from './cases/tls.ts'
import { configuration, restore } from './clients/configuration.ts'
import type { DeviceOf, TestDevice } from './device.ts'

const cases: readonly ((device: DeviceOf) => void)[] = [
  lessonCases,
  notificationCases,
  loginCases,
  sessionCases,
  routeCases,
  admissionCases,
  tlsCases,
  automationCases,
  netconfCases,
  adminCases,
  controlCases,
  restartCases,
  garbageCases,
]

/** Every case, and those of `more`, on one device. Whatever a case commits is taken back after it. */
export function suite<Device extends TestDevice>(
  title: string,
  start: () => Promise<Device>,
  more: (device: DeviceOf<Device>) => void = () => {},
): void {
  describe(title, () => {
    let device: Device
    let before: string[]
    beforeAll(async () => {
      device = await start()
      before = await configuration(device.endpoints.ssh)
    })
    afterEach(async () => restore(device.endpoints.ssh, before))
    afterAll(async () => device?.stop())
    for (const each of cases) each(() => device)
    more(() => device)
  })
}
