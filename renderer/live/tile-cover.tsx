// Lies over a picture that is not live, so that an old frame never passes for the present.
import { CloudOff, LoaderCircle, type LucideIcon, MonitorX, Power, Snowflake, VideoOff } from 'lucide-react';
import type { StatusWords } from './status-words.ts';
import type { TileStatus } from './tile-status.ts';
import { useWall } from './wall.ts';

const icons: Record<Exclude<TileStatus['kind'], 'live' | 'connecting'>, LucideIcon> = {
  off: Power,
  'no-signal': VideoOff,
  frozen: Snowflake,
  disconnected: CloudOff,
  undecodable: MonitorX,
  broken: MonitorX,
};

export function TileCover({ status, words }: { readonly status: TileStatus; readonly words: StatusWords }) {
  // The frame of a tile that is being arranged says its name over it.
  const isArranging = useWall((state) => state.isArranging);
  if (status.kind === 'live') return null;
  const Icon = status.kind === 'connecting' ? LoaderCircle : icons[status.kind];
  const turns = status.kind === 'connecting';
  return (
    <div role="status" className="absolute inset-0 bg-black/85 [container-type:size]">
      {/* The foot is the caption's. In a low tile the words go before the icon, in a very low one the title alone. */}
      {!isArranging && (
        <div className="flex size-full flex-col items-center justify-center gap-1.5 px-3 pt-2 pb-10 text-center">
          <Icon
            aria-hidden
            className={`mb-1 size-7 shrink-0 text-on-glass-soft [@container(max-height:10rem)]:hidden ${turns ? 'animate-spin' : ''}`}
          />
          <p className="line-clamp-2 text-sm font-semibold [@container(min-width:28rem)]:text-base">
            {words.title}
          </p>
          {words.detail !== undefined && (
            <p
              title={words.detail}
              className="line-clamp-2 max-w-sm text-sm text-on-glass-soft [@container(max-height:7rem)]:hidden"
            >
              {words.detail}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
