import { isIPv6 } from 'node:net'

/**
 * The client's address as gRPC and `show extension-service` write it: "ipv4:192.0.2.1:50000". A listener on `::` takes IPv4
 * clients too and sees them as mapped addresses, "ipv6:::ffff:192.0.2.1:50000": that is what routers show, whatever socket
 * family this host happened to use.
 */
export function peerName(address: string, port: number, listenAddress: string): string {
  if (isIPv6(address)) return `ipv6:${address}:${port}`
  return isIPv6(listenAddress) ? `ipv6:::ffff:${address}:${port}` : `ipv4:${address}:${port}`
}
