import { type CommandWords, nextWords, PROGRAM } from './words.ts'

/** For fish: a line for each word and flag, with where it may stand. */
export function fish(commands: readonly CommandWords[]): string {
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
