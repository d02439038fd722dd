/** One bar of a plot. */
export interface Bar {
  label: string;
  /** 0 to 1. */
  share: number;
}

export function percent(share: number): string {
  return share > 0 && share < 0.001 ? '< 0.1 %' : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** A small plot of shares; the numbers stand beside the bars, so that nothing is told by length or colour alone. */
export function Bars({ title, bars }: { title: string; bars: Bar[] }) {
  const most = Math.max(0.1, ...bars.map((bar) => bar.share));
  return (
    <figure className="walnut-bars">
      <figcaption>{title}</figcaption>
      <dl>
        {bars.map((bar) => (
          <div key={bar.label}>
            <dt>{bar.label}</dt>
            <dd>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" rx="2" className="walnut-bar-ground" /><rect width={(100 * bar.share) / most} height="8" rx="2" className="walnut-bar" /></svg>
              <span>{percent(bar.share)}</span>
            </dd>
          </div>))}
      </dl>
    </figure>
  );
}
