import { Command as Commander, Option } from 'commander'
import type { Command, Given, Parts } from './command.ts'
import type { Flag, FlagValue } from './flag.ts'
import { inOrder } from './in-order.ts'
import { complaintOf } from './parser-complaints.ts'
import type { Catalog } from './text/en.ts'

/** What was asked for on the line: a command, or a text to print. */
export type Asked =
  | { readonly command: Command; readonly parts: Parts; readonly given: Given }
  | { readonly say: string }

interface Around {
  readonly commands: readonly Command[]
  readonly text: Catalog
  readonly version: string
  readonly width: number
}

/** Reads the command line. Fails with {@link Stop}. */
export async function parsed(args: readonly string[], around: Around): Promise<Asked> {
  let said = ''
  let asked: Asked | undefined
  const loaded = new Map<Commander, Parts>()
  const own = new Map<Commander, Command>()
  const usual = new Map<Commander, Commander>()
  const dressed = (command: Commander) =>
    command
      .exitOverride()
      .helpCommand(false)
      // What stands behind `sandbox env` is not for `sandbox`.
      .enablePositionalOptions()
      .helpOption('-h, --help', around.text.help.help)
      .configureHelp({ styleTitle: (title) => around.text.titles[title] ?? title, sortSubcommands: false })
      .configureOutput({
        writeOut: (text) => {
          said += text
        },
        writeErr: () => {},
        getOutHelpWidth: () => around.width,
      })
      .hook('preSubcommand', async (_, sub) => {
        const command = own.get(sub)
        if (command) loaded.set(sub, await fill(sub, command, around.text))
      })
  const root = dressed(new Commander('huawei-cloud-api'))
    .version(around.version, '-v, --version', around.text.help.version)
    .usage(around.text.help.usage)
    .addHelpText('after', `\n${around.text.help.after}`)
  for (const command of around.commands) {
    const node = nodeOf(root, command, dressed, around.text)
    own.set(node, command)
    if (command.isUsual && node.parent) usual.set(node.parent, node)
    node.action(() => {
      const parts = loaded.get(node)
      if (parts) asked = { command, parts, given: { words: node.args, flags: flagsOf(node) } }
    })
  }
  for (const group of root.commands.filter((one) => one.commands.length > 0))
    group.description(`${group.description()}: ${group.commands.map((one) => one.name()).join(', ')}`)
  const inTurn = withJoinedValues(inOrder(args, root))
  try {
    await root.parseAsync(inTurn, { from: 'user' })
  } catch (error) {
    if (said) return { say: said }
    throw complaintOf(error, { root, loaded, usual, text: around.text, args: inTurn })
  }
  return asked ?? { say: said }
}

/** The place of a command in the tree, with what leads there. */
function nodeOf(
  root: Commander,
  { path, isUsual, summary }: Command,
  dressed: (command: Commander) => Commander,
  text: Catalog,
): Commander {
  let node = root
  for (const [depth, word] of path.entries()) {
    const there = node.commands.find((one) => one.name() === word)
    const isLast = depth === path.length - 1
    const next = there ?? dressed(new Commander(word)).description(text.groups[word] ?? '')
    if (!there) node.addCommand(next, { isDefault: isLast && isUsual === true })
    node = next
  }
  return node.description(summary(text))
}

async function fill(node: Commander, command: Command, text: Catalog): Promise<Parts> {
  const parts = await command.parts()
  if (parts.words) node.arguments(parts.words)
  for (const flag of parts.flags) node.addOption(optionOf(flag, text))
  return parts
}

function optionOf({ name, short, value, isOptional, isMany, choices, help }: Flag, text: Catalog): Option {
  const shown = value === undefined ? '' : isOptional ? ` [${value}]` : ` <${value}>`
  const option = new Option(`${short ? `-${short}, ` : ''}--${name}${shown}`, help(text))
  if (choices) option.choices([...choices])
  if (isMany) option.argParser((one: string, before: string[] | undefined) => [...(before ?? []), one])
  return option
}

function flagsOf(node: Commander): Record<string, FlagValue | undefined> {
  return Object.fromEntries(
    node.options.map((option) => [option.name(), node.getOptionValue(option.attributeName())]),
  )
}

/** How long is waited for a job when nothing is said. */
const WAIT_SECONDS = 300

/** `--wait ID` must not take the id for its seconds, which are digits alone, as no id is. */
const withJoinedValues = (args: readonly string[]): string[] => {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const isWait = (at: number) => args[at] === '--wait' && at < end
  const isSeconds = (at: number) => isWait(at - 1) && /^\d+$/.test(args[at] ?? '')
  return args.flatMap((arg, at) => {
    if (isWait(at)) return [`--wait=${isSeconds(at + 1) ? args[at + 1] : WAIT_SECONDS}`]
    return isSeconds(at) ? [] : [arg]
  })
}
