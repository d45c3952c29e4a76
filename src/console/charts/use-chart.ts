import { useComputedColorScheme } from '@mantine/core'
import { Chart, type ChartConfiguration, type ChartType } from 'chart.js'
import { useEffect, useRef } from 'react'
import { useLocale } from '../text/locale.ts'

/** The colours of the page as they are in the scheme of the moment. */
export interface Colors {
  accent: string
  text: string
  dimmed: string
  line: string
  surface: string
  good: string
  bad: string
  warn: string
  idle: string
}

/** Draws on a canvas what is made of the colours; anew when the scheme or what makes it changes. */
export function useChart<T extends ChartType>(make: (colors: Colors, tag: string) => ChartConfiguration<T>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light')
  const locale = useLocale()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours follow the scheme
  useEffect(() => {
    if (!canvas.current) return
    const config = make(colorsOf(document.documentElement), locale === 'zh' ? 'zh-CN' : 'en-GB')
    const chart = new Chart<T>(canvas.current, config)
    return () => chart.destroy()
  }, [make, scheme, locale])
  return canvas
}

function colorsOf(root: Element): Colors {
  const style = getComputedStyle(root)
  const token = (name: string) => style.getPropertyValue(`--hca-${name}`).trim()
  return {
    accent: token('accent'),
    text: token('text'),
    dimmed: token('dimmed'),
    line: token('line'),
    surface: token('surface'),
    good: token('good'),
    bad: token('bad'),
    warn: token('warn'),
    idle: token('idle'),
  }
}
