import { type CommandWords, choicesOf, nextWords, PROGRAM } from './words.ts'

/** For bash: a function that walks along the words. */
export function bash(commands: readonly CommandWords[]): string {
  const next = nextWords(commands)
  const known = new Map(commands.map((command) => [command.path.join(' '), longs(command)]))
  const names = new Set([...next.keys(), ...known.keys()])
  const rows = [...names].map(
    (name) =>
      `    '${name}') words='${[...(next.get(name)?.keys() ?? [])].join(' ')}'; flags='${(known.get(name) ?? []).join(' ')}' ;;`,
  )
  const choices = [...choicesOf(commands)].map(
    ([flag, words]) => `    ${flag}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;`,
  )
  return `# bash: eval "$(${PROGRAM} completion bash)"
_huawei_cloud_api() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path='' one words flags
  case "$before" in
${choices.join('\n')}
  esac
  for one in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$one" in -*) break ;; esac
    path="\${path:+$path }$one"
  done
  while :; do
    case "$path" in
${rows.join('\n')}
    *) if [[ $path == *' '* ]]; then path="\${path% *}"; else path=''; fi; continue ;;
    esac
    break
  done
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
  esac
}
complete -o default -F _huawei_cloud_api ${PROGRAM}
`
}

const longs = ({ flags }: CommandWords) => flags.map(({ name }) => `--${name}`)
