import type { Flag } from './flag.ts'

/** A command as a shell is to know it. */
export interface CommandWords {
  readonly path: readonly string[]
  readonly summary: string
  readonly flags: readonly (Omit<Flag, 'help'> & { readonly help: string })[]
}

const PROGRAM = 'huawei-cloud-api'

/** What may stand behind the words so far, for each of them: `'instances' → list show …`. */
function nextWords(commands: readonly CommandWords[]): Map<string, Map<string, string>> {
  const next = new Map<string, Map<string, string>>()
  for (const { path, summary } of commands) {
    for (const [depth, word] of path.entries()) {
      const before = path.slice(0, depth).join(' ')
      const words = next.get(before) ?? new Map<string, string>()
      const isWhole = depth === path.length - 1
      if (isWhole || !words.has(word)) words.set(word, isWhole ? summary : '')
      next.set(before, words)
    }
  }
  return next
}

const longs = ({ flags }: CommandWords) => flags.map(({ name }) => `--${name}`)

/** Flags that have choices, whatever the command. */
function choicesOf(commands: readonly CommandWords[]): Map<string, readonly string[]> {
  return new Map(
    commands.flatMap(({ flags }) =>
      flags.flatMap(({ name, short, choices }) =>
        choices ? [[`--${name}`, choices] as const, ...(short ? [[`-${short}`, choices] as const] : [])] : [],
      ),
    ),
  )
}

function bash(commands: readonly CommandWords[]): string {
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

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function zsh(commands: readonly CommandWords[]): string {
  const next = nextWords(commands)
  const described = (text: string) => text.replaceAll(':', '\\:')
  const words = [...next].map(
    ([name, all]) =>
      `    ${quoted(name)}) words_=(${[...all].map(([word, help]) => quoted(`${word}:${described(help)}`)).join(' ')}) ;;`,
  )
  // Words of a command's own may follow: the longer path is looked at first.
  const flags = commands
    .toSorted((a, b) => b.path.length - a.path.length)
    .map(
      ({ path, flags }) =>
        `    ${quoted(path.join(' '))}|${quoted(`${path.join(' ')} `)}*) flags_=(${flags.map(({ name, help }) => quoted(`--${name}:${described(help)}`)).join(' ')}) ;;`,
    )
  const choices = [...choicesOf(commands)].map(
    ([flag, all]) => `    ${flag}) compadd -- ${all.join(' ')}; return ;;`,
  )
  return `#compdef ${PROGRAM}
# zsh: source <(${PROGRAM} completion zsh)
_huawei_cloud_api() {
  local path_='' one
  local -a words_ flags_
  case "\${words[CURRENT-1]}" in
${choices.join('\n')}
  esac
  for one in "\${(@)words[2,CURRENT-1]}"; do
    [[ $one == -* ]] && break
    path_="\${path_:+$path_ }$one"
  done
  case "$path_" in
${words.join('\n')}
  esac
  case "$path_" in
${flags.join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    _describe flag flags_
  else
    _describe command words_ || _files
  fi
}
compdef _huawei_cloud_api ${PROGRAM}
`
}

function fish(commands: readonly CommandWords[]): string {
  const words = [...nextWords(commands)].flatMap(([before, all]) =>
    [...all].map(
      ([word, help]) =>
        `complete -c ${PROGRAM} -f -n '__huawei_cloud_api_at ${before}' -a ${word}${help ? ` -d ${fishQuoted(help)}` : ''}`,
    ),
  )
  const flags = commands.flatMap(({ path, flags }) =>
    flags.map(({ name, short, value, choices, help }) =>
      [
        `complete -c ${PROGRAM} -n '__huawei_cloud_api_in ${path.join(' ')}' -l ${name}`,
        short ? ` -s ${short}` : '',
        choices ? ` -x -a '${choices.join(' ')}'` : value === undefined ? '' : ' -r',
        ` -d ${fishQuoted(help)}`,
      ].join(''),
    ),
  )
  return `# fish: ${PROGRAM} completion fish | source
function __huawei_cloud_api_words
  for one in (commandline -opc)[2..]
    string match -q -- '-*' $one; and break
    echo $one
  end
end
function __huawei_cloud_api_at
  test "$(__huawei_cloud_api_words | string join ' ')" = "$(string join ' ' $argv)"
end
function __huawei_cloud_api_in
  set -l words (__huawei_cloud_api_words)
  set -l most (count $argv)
  test (count $words) -ge $most; and test "$(string join ' ' $words[1..$most])" = "$(string join ' ' $argv)"
end
${[...words, ...flags].join('\n')}
`
}

const fishQuoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

export const SHELLS = { bash, zsh, fish }
