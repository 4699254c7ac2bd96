import type { Rib } from '../../rib/rib.ts'
import type { RoutingTable } from '../../rib/routing-table.ts'

/** RouteTable of both generations: its number or its name. */
export interface TableMessage {
  readonly RtTableFormat?: TableChoice
  readonly routeTableFormat?: TableChoice
}
type TableChoice =
  | { case: 'rttId' | 'id'; value: { readonly id: number } }
  | { case: 'rttName' | 'name'; value: { readonly name: string } }
  | { case: undefined; value?: undefined }

export function tableIn(rib: Rib, message: TableMessage | undefined): RoutingTable | undefined {
  const choice = message?.RtTableFormat ?? message?.routeTableFormat
  switch (choice?.case) {
    case 'rttId':
    case 'id':
      return rib.tableById(choice.value.id)
    case 'rttName':
    case 'name':
      return rib.table(choice.value.name)
    default:
      return undefined
  }
}
