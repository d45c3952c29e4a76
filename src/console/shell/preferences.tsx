import { ActionIcon, Button, type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconLanguage, IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react'
import { chooseLocale, LOCALES, useLocale, useText } from '../text/locale.ts'
import classes from './shell.module.css'

/** Language and colour scheme, the two things this page remembers of a person. */
export function Preferences() {
  return (
    <>
      <OtherLanguage />
      <NextColorScheme />
    </>
  )
}

/** There are two languages, so the button is named for the other one, in that one. */
function OtherLanguage() {
  const other = useLocale() === 'zh' ? 'en' : 'zh'
  return (
    <Button
      variant="subtle"
      color="gray"
      px="xs"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      leftSection={<IconLanguage size={18} stroke={1.6} aria-hidden />}
      classNames={{ section: classes.languageIcon ?? '' }}
      onClick={() => void chooseLocale(other)}
    >
      {LOCALES[other]}
    </Button>
  )
}

const SCHEMES = [
  ['auto', IconSunMoon, 'system'],
  ['light', IconSun, 'light'],
  ['dark', IconMoon, 'dark'],
] as const satisfies readonly (readonly [MantineColorScheme, typeof IconSun, string])[]

function NextColorScheme() {
  const text = useText().shell
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const now = SCHEMES.findIndex(([scheme]) => scheme === colorScheme)
  const [, Icon, name] = SCHEMES[now] ?? SCHEMES[0]
  const [next] = SCHEMES[(now + 1) % SCHEMES.length] ?? SCHEMES[0]
  const label = `${text.colorScheme}: ${text[name]}`
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => setColorScheme(next)}>
      <Icon size={19} stroke={1.6} />
    </ActionIcon>
  )
}
