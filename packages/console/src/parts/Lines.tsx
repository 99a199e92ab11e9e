import { useCallback, useState, type ReactNode } from 'react'

/** Room for a table. Where it is too narrow for it (on a phone) it scrolls, and can then be reached and scrolled by keys. */
export function Lines({ label, children }: { label: string; children: ReactNode }) {
  const [scrolls, setScrolls] = useState(false)
  const watch = useCallback((room: HTMLElement | null) => {
    if (room === null) return undefined
    const observer = new ResizeObserver(() => setScrolls(room.scrollWidth > room.clientWidth))
    observer.observe(room)
    if (room.firstElementChild) observer.observe(room.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return (
    <div className="lines" ref={watch} {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}>
      {children}
    </div>
  )
}
