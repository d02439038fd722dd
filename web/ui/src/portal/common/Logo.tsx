export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="walnut-mark">
      <circle cx="16" cy="16" r="15" />
      <path d="M16 4v24M10 9c4 2 4 5 1 7s-2 5 1 7M22 9c-4 2-4 5-1 7s2 5-1 7" />
    </svg>
  );
}
