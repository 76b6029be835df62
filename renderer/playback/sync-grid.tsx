// The pictures of several cameras on one clock: a place for each, what is drawn on the chosen one over it.

import type { ReactNode } from 'react';
import type { Camera } from '../../electron/contract/shapes.ts';
import { RegionLayer } from '../motion/region-layer.tsx';
import type { FootageKeeper } from './footage-keeper.ts';
import type { SyncGroup } from './sync-group.ts';
import { columnsFor } from './sync-rules.ts';
import { SyncTile } from './sync-tile.tsx';

interface SyncGridProps {
  readonly cameras: readonly Camera[];
  readonly chosen: Camera;
  readonly group: SyncGroup;
  /** What is known around the clock's moment, of each camera. */
  readonly keepers: readonly FootageKeeper[];
  onChoose(camera: Camera): void;
}

export function SyncGrid({ cameras, chosen, group, keepers, onChoose }: SyncGridProps) {
  return (
    <div className="relative col-start-1 row-start-1 min-h-0 bg-glass">
      <div
        className="absolute inset-0 grid auto-rows-fr gap-px"
        style={{ gridTemplateColumns: `repeat(${columnsFor(cameras.length)}, minmax(0, 1fr))` }}
      >
        {cameras.map((camera, index) => {
          const keeper = keepers[index];
          if (keeper === undefined) return null;
          return (
            <SyncTile
              key={camera.streamId}
              camera={camera}
              group={group}
              keeper={keeper}
              isChosen={camera.id === chosen.id}
              onChoose={() => onChoose(camera)}
            />
          );
        })}
      </div>
      <OverTile index={cameras.indexOf(chosen)} count={cameras.length}>
        <RegionLayer camera={chosen} />
      </OverTile>
    </div>
  );
}

/** Lies over one place of the grid; all others stay under the pointer. */
function OverTile({
  index,
  count,
  children,
}: {
  readonly index: number;
  readonly count: number;
  readonly children: ReactNode;
}) {
  const columns = columnsFor(count);
  const rows = Math.ceil(count / columns);
  return (
    <div
      className="pointer-events-none absolute inset-0 grid gap-px"
      style={{
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
      }}
    >
      <div
        className="relative"
        style={{ gridColumn: (index % columns) + 1, gridRow: Math.floor(index / columns) + 1 }}
      >
        {children}
      </div>
    </div>
  );
}
