export { defaultUser } from './device/default-user.ts'
export { type Device, type DeviceOptions, type Endpoint, type Endpoints, startDevice } from './device/device.ts'
