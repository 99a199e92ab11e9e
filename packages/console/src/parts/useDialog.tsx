import { useState, type ReactNode } from 'react'

/** One dialog at a time, by its name: which is open, and how to open and close it. */
export function useDialog<Name extends string>() {
  const [open, setOpen] = useState<Name | null>(null)
  return {
    open: (name: Name) => setOpen(name),
    close: () => setOpen(null),
    /** Shows `content` while the dialog of this name is open. */
    when: (name: Name, content: () => ReactNode): ReactNode => (open === name ? content() : null),
  }
}
