import type { ConfigurationPlace, ConfigurationView } from '../../configuration-session.ts'
import { rpcReply } from '../../rpc-reply.ts'
import type { Call } from '../call.ts'
import { bannerOf } from '../editors-text.ts'

/** A part of a configuration as its pipes want it. */
export async function configurationText(
  view: ConfigurationView,
  place: ConfigurationPlace,
  { display, shell }: Call,
): Promise<string> {
  if (display.compare !== undefined) return view.compare(place, display.compare)
  const text = await view.show(place, display.format, display.inherit)
  if (display.format !== 'xml' || display.bare) return text
  return rpcReply(text, shell.host.release, shell.editing ? bannerOf(shell.editing.path) : '')
}
