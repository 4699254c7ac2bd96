export { defaultUser } from './device/default-user.ts'
export { type Device, type DeviceOptions, type Endpoints, startDevice } from './device/device.ts'
