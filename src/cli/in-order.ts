import type { Command as Commander } from 'commander'

/** The line as it is read: its command first. People write flags before it, and `help` before anything. */
export function inOrder(args: readonly string[], root: Commander): readonly string[] {
  const [first = '', ...rest] = args
  if (first === 'help') return [...rest, '--help']
  if (!first.startsWith('-')) return args
  const begin = commandIn(args, root)
  let end = begin
  for (let node = nodeAt(root, args[begin]); node; node = nodeAt(node, args[end])) end += 1
  return [...args.slice(begin, end), ...args.slice(0, begin), ...args.slice(end)]
}

const nodeAt = (above: Commander, word: string | undefined): Commander | undefined =>
  above.commands.find((one) => one.name() === word)

/** Where the command's words begin; a word right behind a flag is more likely its value. Without any, 0. */
function commandIn(args: readonly string[], root: Commander): number {
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const places = args.flatMap((arg, at) => (at < end && nodeAt(root, arg) ? [at] : []))
  const isValue = (at: number) => /^--?[a-z-]+$/.test(args[at - 1] ?? '')
  return places.find((at) => !isValue(at)) ?? places[0] ?? 0
}
