/** The mark of Sutler: a parcel. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f6a72" />
      <path
        d="M10 11.5 16 8l6 3.5v9L16 24l-6-3.5zm0 0 6 3.5 6-3.5M16 15v9"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
    </svg>
  )
}
