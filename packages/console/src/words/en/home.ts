export const home = {
  title: (name: string) => `Hello, ${name}`,
} as const
