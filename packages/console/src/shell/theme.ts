import { common } from '#words/common.ts'
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Petrol: the colour of what can be done. States have colours of their own (parts/StateBadge.tsx). */
const petrol: MantineColorsTuple = [
  '#e6f6f7',
  '#cfe9eb',
  '#a0d3d6',
  '#6cbbc1',
  '#42a6ae',
  '#2598a2',
  '#0f7f89',
  '#0f6a72',
  '#0a565d',
  '#054348',
]

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 7 },
  colors: { petrol },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.15rem' }, h3: { fontSize: '1rem' } },
  },
  respectReducedMotion: true,
  // By name: to import them here would load them with the shell.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 } },
    Button: { defaultProps: { size: 'sm' } },
    CloseButton: { defaultProps: { 'aria-label': common.close } },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } }, position: 'right' } },
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': common.close },
        overlayProps: { backgroundOpacity: 0.45 },
        // Its <header> is none of the page’s landmarks.
        attributes: { header: { role: 'presentation' } },
      },
    },
    Paper: { defaultProps: { withBorder: true, p: 'md' } },
    Table: { defaultProps: { verticalSpacing: 'xs', highlightOnHover: true } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
  },
})

/** Text on a ground of its own colour must be legible (WCAG 2.2, 1.4.3): darker on light, lighter on dark than Mantine has it. */
const onTint = (colour: (name: string) => string): Record<string, string> =>
  Object.fromEntries(
    ['gray', 'teal', 'blue', 'yellow', 'orange', 'red', 'grape'].map((name) => [
      `--mantine-color-${name}-light-color`,
      colour(name),
    ]),
  )

/** Soft text must be legible on the page's own ground, too. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...onTint((name) => `color-mix(in srgb, var(--mantine-color-${name}-9) 60%, black)`),
    '--mantine-color-dimmed': '#55606a',
    '--sutler-ground': '#f6f8f9',
    '--sutler-line': '#dfe4e8',
  },
  dark: {
    ...onTint((name) => `var(--mantine-color-${name}-2)`),
    '--mantine-color-dimmed': '#a4aeb7',
    '--mantine-color-body': '#1a1f23',
    '--sutler-ground': '#14181b',
    '--sutler-line': '#343c42',
  },
})
