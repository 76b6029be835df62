// The list of cameras beside the wall: dragged onto a tile, or put there with Enter.
import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { ListBox, ListBoxItem, useFilter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../electron/contract/shapes.ts';
import type { CameraId } from '../../recorder/model/ids.ts';
import { CameraDot } from '../cameras/camera-dot.tsx';
import { IconButton } from '../controls/button.tsx';
import { SearchBox } from '../controls/search-box.tsx';
import { startDrag } from './tile-drag.ts';
import type { ShownPage } from './use-wall-page.ts';
import { showCamera } from './wall-actions.ts';
import { toggleList } from './wall-focus.ts';

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
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    toggleList();
  };
  return (
    <aside
      aria-label={t('list.title')}
      data-camera-list
      onKeyDown={closeOnEscape}
      className="flex w-64 shrink-0 flex-col border-r border-line bg-panel"
    >
      <div className="flex items-center justify-between py-1.5 pr-1.5 pl-4">
        <h2 className="text-sm font-semibold">{t('list.title')}</h2>
        <IconButton icon={X} label={t('list.close')} keys="A" onPress={toggleList} />
      </div>
      <div className="mx-3">
        <SearchBox
          label={t('list.search')}
          placeholder={t('list.search')}
          clear={t('list.clear')}
          words={words}
          onChange={setWords}
        />
      </div>
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
