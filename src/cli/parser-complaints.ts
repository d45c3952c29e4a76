import { type Command as Commander, CommanderError } from 'commander'
import type { Parts } from './command.ts'
import { CODES } from './exit-codes.ts'
import { meant } from './meant.ts'
import { Stop } from './stop.ts'
import type { Catalog } from './text/en.ts'

interface Seen {
  readonly root: Commander
  readonly loaded: ReadonlyMap<Commander, Parts>
  /** What words stand for when they stand alone. */
  readonly usual: ReadonlyMap<Commander, Commander>
  readonly text: Catalog
  readonly args: readonly string[]
}

/** What to tell of a line that could not be read; anything else that was thrown is given back as it is. */
export function complaintOf(thrown: unknown, { root, loaded, usual, text, args }: Seen): unknown {
  if (!(thrown instanceof CommanderError)) return thrown
  const { node: last, words } = reached(root, args)
  const node = usual.get(last) ?? last
  const name = nameOf(node)
  const see = text.parser.seeHelp(name === 'serve' ? '' : name)
  const quoted = /'([^']*)'/.exec(thrown.message)?.[1] ?? ''
  const tell = (what: string) => new Stop(CODES.usage, `${what}; ${see}`)
  switch (thrown.code) {
    case 'commander.unknownOption': {
      const flag = quoted.replace(/=.*/s, '')
      if (loaded.get(node)?.foreignFlags?.includes(flag.slice(2)))
        return tell(text.parser.noEffect(flag, name))
      const known = node.options.flatMap(({ long }) => long ?? [])
      return tell(text.parser.unknownFlag(flag) + meant(flag, known, text))
    }
    case 'commander.unknownCommand':
    case 'commander.excessArguments': {
      const [word = ''] = words
      const siblings = candidates(node, root, args)
      if (siblings.length === 0) return tell(text.parser.tooMany(name))
      return tell(text.parser.unknownCommand + meant(word, siblings, text))
    }
    case 'commander.missingArgument':
      return tell(text.parser.missingWord(name, quoted.toUpperCase()))
    case 'commander.optionMissingArgument':
      return tell(text.parser.missingValue(quoted))
    case 'commander.invalidArgument':
      return tell(
        text.parser.badChoice(/'(-[^']*)'/.exec(thrown.message)?.[1] ?? '', choicesIn(thrown.message)),
      )
    default:
      return tell(text.parser.sayOne(name, node.commands.map((one) => one.name()).join(', ')))
  }
}

const choicesIn = (message: string) => /Allowed choices are (.*?)\.?$/.exec(message)?.[1] ?? ''

/** How far the words lead into the tree, and what is left of them. */
function reached(root: Commander, args: readonly string[]): { node: Commander; words: readonly string[] } {
  const words = args.filter((arg) => !arg.startsWith('-'))
  let node = root
  let depth = 0
  for (; depth < words.length; depth += 1) {
    const next = node.commands.find((one) => one.name() === words[depth])
    if (!next || (depth === 0 && args[0] !== words[0])) break
    node = next
  }
  return { node, words: words.slice(depth) }
}

/** The words that could have stood where one was that is not known. */
function candidates(node: Commander, root: Commander, args: readonly string[]): string[] {
  const above = args.includes(node.name()) ? node : node.parent
  if (!above || (above === root && args[0]?.startsWith('-'))) return []
  return above.commands.map((one) => one.name())
}

const nameOf = (node: Commander): string =>
  node.parent ? [nameOf(node.parent), node.name()].filter(Boolean).join(' ') : ''
