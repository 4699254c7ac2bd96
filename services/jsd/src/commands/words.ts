import type { CommandWord } from '@hangar/junos-cli'

export const show: CommandWord = { name: 'show', help: 'Show system information' }
export const clear: CommandWord = { name: 'clear', help: 'Clear information in the system' }
export const extensionService: CommandWord = { name: 'extension-service', help: 'Extension services' }
export const requestResponse: CommandWord = { name: 'request-response', help: 'Request-response API service' }
export const clients: CommandWord = { name: 'clients', help: 'Clients of the request-response API' }
export const servers: CommandWord = { name: 'servers', help: 'Servers of the request-response API' }
