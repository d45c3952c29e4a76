import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The accent: a quiet lake blue. White on shade 7 has a contrast of 5.3. */
const lake: MantineColorsTuple = [
  '#e9f6fa',
  '#d2eaf2',
  '#a5d5e6',
  '#74bfd9',
  '#4baccb',
  '#2f9cbf',
  '#1d87ab',
  '#0d7496',
  '#085f7c',
  '#054b63',
]

const gray: MantineColorsTuple = [
  '#f6f8f9',
  '#edf1f3',
  '#e1e7ea',
  '#d0d8dd',
  '#b7c2c9',
  '#8e9ba5',
  '#5a6670',
  '#424c55',
  '#2e3740',
  '#1b2228',
]

const dark: MantineColorsTuple = [
  '#dde3e8',
  '#bcc5cd',
  '#98a3ae',
  '#6b7783',
  '#414c56',
  '#323b44',
  '#262e36',
  '#181e24',
  '#12171c',
  '#0c1014',
]

const SYSTEM =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

export const theme = createTheme({
  colors: { lake, gray, dark },
  primaryColor: 'lake',
  primaryShade: 7,
  black: '#1b2228',
  fontFamily: SYSTEM,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontFamily: SYSTEM,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8438rem', md: '0.9063rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 6,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { size: 'lg', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': lake[7],
    '--mantine-primary-color-light-color': lake[8],
    '--mantine-color-lake-light-color': lake[8],
    '--mantine-color-gray-light-color': gray[7],
  },
  dark: {
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-anchor': lake[3],
    '--mantine-primary-color-light-color': lake[2],
    '--mantine-color-lake-light-color': lake[2],
  },
})
