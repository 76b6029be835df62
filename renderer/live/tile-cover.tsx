// Lies over a picture that is not live, so that an old frame never passes for the present.
import { CloudOff, LoaderCircle, type LucideIcon, MonitorX, Power, Snowflake, VideoOff } from 'lucide-react';
import type { StatusWords } from './status-words.ts';
import type { TileStatus } from './tile-status.ts';

const icons: Record<Exclude<TileStatus['kind'], 'live' | 'connecting'>, LucideIcon> = {
  off: Power,
  'no-signal': VideoOff,
  frozen: Snowflake,
  disconnected: CloudOff,
  undecodable: MonitorX,
  broken: MonitorX,
};

export function TileCover({ status, words }: { readonly status: TileStatus; readonly words: StatusWords }) {
  if (status.kind === 'live') return null;
  const Icon = status.kind === 'connecting' ? LoaderCircle : icons[status.kind];
  const turns = status.kind === 'connecting';
  return (
    <div
      role="status"
      className="@container absolute inset-0 flex flex-col items-center justify-center gap-1.5 bg-black/85 p-4 text-center"
    >
      <Icon aria-hidden className={`mb-1 size-7 text-on-glass-soft ${turns ? 'animate-spin' : ''}`} />
      <p className="text-sm font-semibold @md:text-base">{words.title}</p>
      {words.detail !== undefined && <p className="max-w-sm text-sm text-on-glass-soft">{words.detail}</p>}
    </div>
  );
}
