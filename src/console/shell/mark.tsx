/** Two servers in a cloud, as few strokes as it takes. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0d7496" />
      <path
        d="M10.2 22.5a4.7 4.7 0 0 1-.5-9.4 6.6 6.6 0 0 1 12.7 1.3 4.1 4.1 0 0 1-.4 8.1z"
        fill="none"
        stroke="#fff"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <path d="M12.5 18.3h7" stroke="#a5d5e6" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
