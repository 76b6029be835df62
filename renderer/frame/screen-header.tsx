// The thin bar on top of every screen: its name, its tools, the time.
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { clockTime, dayName } from '../words/moments.ts';

export function ScreenHeader({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <header className="flex h-13 shrink-0 items-center gap-4 border-b border-line bg-panel px-4">
      <h1 className="text-base font-semibold">{title}</h1>
      <div className="flex min-w-0 flex-1 items-center gap-2">{children}</div>
      <Clock />
    </header>
  );
}

/** The desk's wall clock; ticks on the second. */
function Clock() {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNowMs(Date.now()), 1_000 - (nowMs % 1_000));
    return () => clearTimeout(timer);
  }, [nowMs]);
  return (
    <time dateTime={new Date(nowMs).toISOString()} className="flex items-baseline gap-2.5 pl-2">
      <span className="text-xs text-ink-faint max-lg:hidden">{dayName(nowMs)}</span>
      <span className="text-lg font-medium tracking-tight">{clockTime(nowMs)}</span>
    </time>
  );
}
