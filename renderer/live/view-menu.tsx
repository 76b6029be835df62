// The views of the wall under one button: choose, save, rename, remove, arrange, let it turn its pages.
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../electron/contract/views.ts';
import { KeyCaps } from '../commands/key-caps.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { openWindow } from './open-window.ts';
import { useViewDialog, viewDialog } from './view-dialogs.ts';
import { isChanged, openView, saveView, useShownView, useViews } from './views.ts';
import { useWall, wall } from './wall.ts';
import { wallKeys } from './wall-keys.ts';
import { tourChoicesS } from './wall-view.ts';

export function ViewMenu() {
  const { t } = useTranslation('live');
  const views = useViews();
  const view = useWall((state) => state.view);
  const saved = useShownView();
  const isOpen = useViewDialog((state) => state.menu);
  const isEdited = saved === undefined ? view.slots !== undefined : isChanged(view, saved);
  const name = saved?.name ?? (view.slots === undefined ? t('views.all') : t('views.unnamed'));
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={viewDialog.menu}>
      <Button
        aria-label={t('views.choose', { name })}
        className="flex h-9 max-w-56 min-w-0 shrink cursor-default items-center gap-2 rounded-lg border border-line-strong px-3 text-sm font-medium hovered:bg-hover"
      >
        <span className="truncate">{name}</span>
        {isEdited && (
          <span
            role="img"
            aria-label={t('views.edited')}
            className="size-2 shrink-0 rounded-full bg-accent-text"
          />
        )}
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Button>
      <Popover
        placement="bottom start"
        className="max-h-[80vh] w-72 overflow-auto rounded-xl bg-raised p-1.5 shadow-float"
      >
        <ViewItems views={views} saved={saved} isEdited={isEdited} />
      </Popover>
    </MenuTrigger>
  );
}

/** In full screen there is no header for it: it lies over the wall for as long as it is open. */
export function ViewMenuOverWall() {
  const isOpen = useViewDialog((state) => state.menu);
  if (!isOpen) return null;
  return (
    <div className="absolute top-2 left-2 z-40 rounded-lg bg-panel shadow-float">
      <ViewMenu />
    </div>
  );
}

interface ViewItemsProps {
  readonly views: readonly SavedView[];
  readonly saved: SavedView | undefined;
  readonly isEdited: boolean;
}

function ViewItems({ views, saved, isEdited }: ViewItemsProps) {
  const { t } = useTranslation('live');
  const view = useWall((state) => state.view);
  const isAll = saved === undefined && view.slots === undefined;
  const save = async (before: SavedView) => {
    try {
      await saveView(before.name, before);
    } catch (error) {
      remark({ text: refusalWords(error) });
    }
  };
  return (
    <Menu aria-label={t('views.title')} className="outline-none">
      <MenuSection>
        <Title>{t('views.title')}</Title>
        <Item id="all" isChosen={isAll} onAction={() => openView(undefined)}>
          {t('views.all')}
        </Item>
        {views.map((one) => (
          <Item key={one.id} id={one.id} isChosen={one.id === saved?.id} onAction={() => openView(one)}>
            {one.name}
          </Item>
        ))}
      </MenuSection>
      <Line />
      <MenuSection aria-label={t('views.keep')}>
        {saved !== undefined && isEdited && (
          <Item id="save" onAction={() => void save(saved)}>
            {t('views.saveChanges')}
          </Item>
        )}
        <Item id="save-as" keys={wallKeys.saveView} onAction={() => viewDialog.open('save')}>
          {t('views.saveAsMenu')}
        </Item>
        {saved !== undefined && (
          <>
            <Item id="rename" onAction={() => viewDialog.open('rename')}>
              {t('views.renameMenu')}
            </Item>
            <Item id="remove" onAction={() => viewDialog.open('remove')}>
              {t('views.removeMenu')}
            </Item>
          </>
        )}
      </MenuSection>
      <Line />
      <MenuSection aria-label={t('wall')}>
        <Item id="arrange" keys={wallKeys.arrange} onAction={() => wall.arrange(true)}>
          {t('arrange.start')}
        </Item>
        <SubmenuTrigger>
          <Item id="tour">{t('tour.menu')}</Item>
          <Popover className="w-52 rounded-xl bg-raised p-1.5 shadow-float">
            <TourItems />
          </Popover>
        </SubmenuTrigger>
        <Item id="window" keys={wallKeys.newWindow} onAction={openWindow}>
          {t('newWindow')}
        </Item>
      </MenuSection>
    </Menu>
  );
}

function TourItems() {
  const { t } = useTranslation('live');
  const tourS = useWall((state) => state.view.tourS);
  return (
    <Menu aria-label={t('tour.menu')} className="outline-none">
      <Item id="off" isChosen={tourS === undefined} onAction={() => wall.tour(undefined)}>
        {t('tour.off')}
      </Item>
      {tourChoicesS.map((seconds) => (
        <Item
          key={seconds}
          id={`s${seconds}`}
          isChosen={tourS === seconds}
          onAction={() => wall.tour(seconds)}
        >
          {t('tour.every', { count: seconds })}
        </Item>
      ))}
    </Menu>
  );
}

interface ItemProps {
  readonly id: string;
  readonly children: string;
  /** Left out where there is nothing to choose from. */
  readonly isChosen?: boolean;
  readonly keys?: string;
  onAction?(): void;
}

function Item({ id, children, isChosen, keys, onAction }: ItemProps) {
  return (
    <MenuItem
      id={id}
      textValue={children}
      {...(onAction === undefined ? {} : { onAction })}
      className="group flex cursor-default items-center gap-3 rounded-lg px-3 py-2 text-sm outline-none focused:bg-hover"
    >
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {isChosen === true && <Check aria-hidden className="size-4 shrink-0 text-accent-text" />}
      {keys !== undefined && <KeyCaps keys={keys} />}
      <ChevronDown
        aria-hidden
        className="hidden size-4 -rotate-90 text-ink-faint group-data-has-submenu:block"
      />
    </MenuItem>
  );
}

function Title({ children }: { readonly children: ReactNode }) {
  return <Header className="px-3 pt-1.5 pb-1 text-xs font-semibold text-ink-faint">{children}</Header>;
}

function Line() {
  return <Separator className="my-1.5 h-px bg-line" />;
}
