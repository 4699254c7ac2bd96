import type { CandidateMode } from '../../configuration-session.ts'
import type { Call, CliCommand } from '../call.ts'
import { editingText } from '../editors-text.ts'

const options = (['exclusive', 'private', 'shared'] as const).map(name => ({
  name,
  kind: 'flag' as const,
  group: 'mode',
  help: {
    exclusive: 'Obtain exclusive lock',
    private: 'Work in private database',
    shared: 'Work in the shared database',
  }[name],
  hidden: name === 'shared',
}))

/** `configure`, and the older word for it. */
export const configureCommands: readonly CliCommand[] = [command('configure', false), command('edit', true)]

function command(name: string, hidden: boolean): CliCommand {
  return {
    words: [{ name, help: 'Manipulate software configuration information' }],
    options,
    permission: 'configure',
    hidden,
    action: { piped: 'text', run: configure },
  }
}

async function* configure({ shell, options: given }: Call): AsyncIterable<string> {
  const mode: CandidateMode = given.has('private') ? 'private' : given.has('exclusive') ? 'exclusive' : 'shared'
  const session = await shell.host.openCandidate(mode)
  shell.editing = { session, path: [], above: [], back: [] }
  if (mode !== 'shared') yield 'warning: uncommitted changes will be discarded on exit\n'
  yield 'Entering configuration mode\n'
  const others = session.editors().filter(editor => !editor.self)
  yield editingText(others, shell.clock.now())
  if (session.isModified()) yield 'The configuration has been changed but not committed\n'
}
