import { type CommandWords, choicesOf, nextWords, PROGRAM } from './words.ts'

/** For zsh: the same, with what each word means. */
export function zsh(commands: readonly CommandWords[]): string {
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

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
