// The list of cameras beside the wall: dragged onto a tile, or put there with Enter.
import { Search, X } from 'lucide-react';
import { useState } from 'react';
import { Button, Input, ListBox, ListBoxItem, SearchField, useFilter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { IconButton } from '../controls/button.tsx';
import { CameraDot } from './camera-dot.tsx';
import { startDrag } from './tile-drag.ts';
import type { ShownPage } from './use-wall-page.ts';
import { wall } from './wall.ts';
import { showCamera } from './wall-actions.ts';

interface CameraListProps {
  readonly cameras: readonly Camera[];
  readonly page: ShownPage;
}

export function CameraList({ cameras, page }: CameraListProps) {
  const { t } = useTranslation('live');
  const { contains } = useFilter({ sensitivity: 'base' });
  const [words, setWords] = useState('');
  const found = cameras.filter(({ name }) => contains(name, words));
  const onWall = new Set(page.tiles.map(({ camera }) => camera?.id));
  return (
    <aside aria-label={t('list.title')} className="flex w-64 shrink-0 flex-col border-r border-line bg-panel">
      <div className="flex items-center justify-between py-1.5 pr-1.5 pl-4">
        <h2 className="text-sm font-semibold">{t('list.title')}</h2>
        <IconButton icon={X} label={t('list.close')} keys="A" onPress={wall.toggleList} />
      </div>
      <SearchField
        aria-label={t('list.search')}
        value={words}
        onChange={setWords}
        className="group mx-3 flex h-9 items-center gap-2 rounded-lg border border-line-strong bg-ground px-3 focus-within:outline-2 focus-within:outline-accent-text"
      >
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <Input
          placeholder={t('list.search')}
          className="min-w-0 flex-1 bg-transparent text-sm text-ink outline-none placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden"
        />
        <Button aria-label={t('list.clear')} className="text-ink-faint group-empty:hidden">
          <X aria-hidden className="size-4" />
        </Button>
      </SearchField>
      <ListBox
        aria-label={t('list.title')}
        items={found}
        dependencies={[onWall]}
        onAction={(id) => showCamera(page, id as CameraId)}
        renderEmptyState={() => <p className="p-3 text-sm text-ink-faint">{t('pickNone')}</p>}
        className="relative mt-2 min-h-0 flex-1 overflow-auto px-1.5 pb-2 outline-none"
      >
        {(camera) => (
          <ListBoxItem
            id={camera.id}
            textValue={camera.name}
            className="cursor-default rounded-lg text-sm -outline-offset-2 hovered:bg-hover"
          >
            <div
              draggable
              onDragStart={(event) => startDrag(event, { kind: 'camera', cameraId: camera.id })}
              title={camera.name}
              className="flex items-center gap-2.5 px-2.5 py-2"
            >
              <CameraDot camera={camera} />
              <span className={`min-w-0 flex-1 truncate ${onWall.has(camera.id) ? '' : 'text-ink-soft'}`}>
                {camera.name}
              </span>
              {onWall.has(camera.id) && <span className="text-xs text-ink-faint">{t('list.onWall')}</span>}
            </div>
          </ListBoxItem>
        )}
      </ListBox>
      <p className="border-t border-line px-4 py-2.5 text-xs leading-relaxed text-ink-faint">
        {t('list.hint')}
      </p>
    </aside>
  );
}
