import type { Command } from '../grammar/command.ts'
import { buildTree, type Tree } from '../grammar/tree.ts'
import type { Display } from './display.ts'
import { counting, type Filter, finding, lastOf, matching, trimming } from './filter.ts'

/** What a command's output is, and so what may be piped after it. */
export type Piped = 'text' | 'structured' | 'configuration'

/** A pipe changes how the result is asked for, or filters the lines. */
export type PipeAction =
  | { readonly display: (options: ReadonlyMap<string, string>) => Partial<Display> }
  | { readonly filter: (options: ReadonlyMap<string, string>, context: PipeContext) => Promise<Filter> }

export interface PipeContext {
  /** Lines that a screen holds, for `last` without a number. */
  readonly screen: number
}

type Pipe = Command<PipeAction>

const pattern = { name: 'pattern', kind: 'positional', help: 'Pattern to match against', required: true } as const

const filters: readonly Pipe[] = [
  pipe('count', 'Count occurrences', async () => counting()),
  {
    ...pipe('except', 'Show only text that does not match a pattern', async options => {
      const test = await testOf(options)
      return matching(line => !test(line))
    }),
    options: [pattern],
  },
  {
    ...pipe('find', 'Search for first occurrence of pattern', async options => finding(await testOf(options))),
    options: [pattern],
  },
  {
    ...pipe('last', 'Display end of output only', async (options, { screen }) =>
      lastOf(Number(options.get('lines') ?? screen)),
    ),
    options: [{ name: 'lines', kind: 'positional', help: 'Number of lines', range: [1, 100_000] }],
  },
  {
    ...pipe('match', 'Show only text that matches a pattern', async options => matching(await testOf(options))),
    options: [pattern],
  },
  pipe('resolve', 'Resolve IP addresses', async () => matching(() => true)),
  {
    ...pipe('trim', 'Trim specified number of columns from start of line', async options =>
      trimming(Number(options.get('columns'))),
    ),
    options: [{ name: 'columns', kind: 'positional', help: 'Columns to trim', required: true, range: [0, 100_000] }],
  },
  { ...display(['no-more', "Don't paginate output"], () => ({ paging: false })) },
]

const show = ['display', 'Show additional kinds of information'] as const
const json = display([...show, 'json', 'Show output in JSON format'], () => ({ format: 'json' }))
const xml = display([...show, 'xml', 'Show output as XML tags'], () => ({ format: 'xml' }))
const rpc = display([...show, 'xml', 'Show output as XML tags', 'rpc', 'Show the XML RPC for the command'], () => ({
  format: 'xml',
  rpc: true,
}))

const compare = ['compare', 'Compare configuration changes with prior version'] as const
const configuration: readonly Pipe[] = [
  display(compare, () => ({ compare: 0 })),
  {
    ...display([...compare, 'rollback', 'Compare with a rollback configuration'], options => ({
      compare: Number(options.get('index')),
    })),
    options: [{ name: 'index', kind: 'positional', help: 'Rollback index', required: true, range: [0, 49] }],
  },
  display([...show, 'inheritance', 'Show inherited configuration data'], () => ({ inherit: 'remarks' })),
  display(
    [...show, 'inheritance', 'Show inherited configuration data', 'no-comments', "Don't display inheritance comments"],
    () => ({ inherit: 'plain' }),
  ),
  display([...show, 'omit', 'Emit configuration statements with the omit flag'], () => ({})),
  display([...show, 'set', "Show 'set' commands that create configuration"], () => ({ format: 'set' })),
]

const trees: Record<Piped, Tree<PipeAction>> = {
  text: buildTree(filters),
  structured: buildTree([...filters, json, xml, rpc]),
  configuration: buildTree([...filters, json, xml, ...configuration]),
}

export function pipeTree(piped: Piped): Tree<PipeAction> {
  return trees[piped]
}

function pipe(
  name: string,
  help: string,
  filter: (options: ReadonlyMap<string, string>, context: PipeContext) => Promise<Filter>,
): Pipe {
  return { words: [{ name, help }], action: { filter } }
}

function display(words: readonly string[], what: (options: ReadonlyMap<string, string>) => Partial<Display>): Pipe {
  const pairs = words.flatMap((name, i) => (i % 2 === 0 ? [{ name, help: words[i + 1] ?? '' }] : []))
  return { words: pairs, action: { display: what } }
}

/** The engine for patterns is loaded with the first of them. */
async function testOf(options: ReadonlyMap<string, string>): Promise<(line: string) => boolean> {
  const { patternTest } = await import('./pattern.ts')
  return patternTest(options.get('pattern') ?? '')
}
