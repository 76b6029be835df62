// What the panel of marks looks for: words, kinds, camera, tag, time.
import { ChevronDown } from 'lucide-react';
import {
  Button,
  type Key,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { searchWordsLimit } from '../../electron/contract/marks.ts';
import type { CameraId, TagId } from '../../recorder/model/ids.ts';
import { type MarkKind, markKinds } from '../../recorder/model/marks.ts';
import { WithTooltip } from '../controls/button.tsx';
import { SearchBox } from '../controls/search-box.tsx';
import { useCameras } from '../station/cameras.ts';
import { MarkShape } from '../timeline/mark-shape.tsx';
import { marksPanel, type Period, periods, useMarksPanel } from './panel-state.ts';
import { useTags } from './use-tags.ts';

export function MarkFilterTools() {
  return (
    <div className="flex shrink-0 flex-col gap-2 border-b border-line px-3 pt-1 pb-3">
      <Words />
      <Kinds />
      <Choosers />
    </div>
  );
}

function Words() {
  const { t } = useTranslation('marks');
  const words = useMarksPanel((state) => state.filters.words);
  return (
    <SearchBox
      label={t('search.field')}
      placeholder={t('search.placeholder')}
      clear={t('search.clear')}
      words={words}
      maxLength={searchWordsLimit}
      onChange={(next) => marksPanel.filter({ words: next })}
    />
  );
}

function Kinds() {
  const { t } = useTranslation('marks');
  const kinds = useMarksPanel((state) => state.filters.kinds);
  return (
    <ToggleButtonGroup
      aria-label={t('search.kinds')}
      selectionMode="multiple"
      disallowEmptySelection
      selectedKeys={kinds}
      onSelectionChange={(keys: Set<Key>) =>
        marksPanel.filter({ kinds: markKinds.filter((kind) => keys.has(kind)) })
      }
      className="grid grid-cols-4 gap-0.5 rounded-lg border border-line bg-ground p-0.5"
    >
      {markKinds.map((kind) => (
        <KindToggle key={kind} kind={kind} />
      ))}
    </ToggleButtonGroup>
  );
}

function KindToggle({ kind }: { readonly kind: MarkKind }) {
  const { t } = useTranslation('marks');
  return (
    <WithTooltip label={t(`kind.${kind}`)}>
      <ToggleButton
        id={kind}
        aria-label={t(`kind.${kind}`)}
        className="flex h-7 cursor-default items-center justify-center rounded-md opacity-40 selected:bg-hover selected:opacity-100"
      >
        <MarkShape kind={kind} />
      </ToggleButton>
    </WithTooltip>
  );
}

const all = 'all';

function Choosers() {
  const { t } = useTranslation('marks');
  const { cameraId, tagId, period } = useMarksPanel((state) => state.filters);
  const cameras = useCameras().data ?? [];
  const tags = useTags();
  return (
    <div className="grid grid-cols-[1.35fr_1fr_1.15fr] gap-1.5">
      <Chooser
        label={t('search.camera')}
        value={cameraId ?? all}
        options={[
          { id: all, name: t('search.allCameras') },
          ...cameras.map(({ id, name }) => ({ id: id as string, name })),
        ]}
        onChange={(id) => marksPanel.filter({ cameraId: id === all ? undefined : (id as CameraId) })}
      />
      <Chooser
        label={t('search.tag')}
        value={tagId ?? all}
        options={[
          { id: all, name: t('search.allTags') },
          ...tags.map(({ id, name }) => ({ id: id as string, name })),
        ]}
        onChange={(id) => marksPanel.filter({ tagId: id === all ? undefined : (id as TagId) })}
      />
      <Chooser
        label={t('search.time')}
        value={period}
        options={(Object.keys(periods) as Period[]).map((id) => ({ id, name: t(`search.${id}`) }))}
        onChange={(id) => marksPanel.filter({ period: id as Period })}
      />
    </div>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  onChange(id: string): void;
}

function Chooser({ label, value, options, onChange }: ChooserProps) {
  return (
    <Select aria-label={label} value={value} onChange={(key) => onChange(String(key ?? all))}>
      <Button className="flex h-8 w-full cursor-default items-center gap-1 rounded-lg border border-line px-2 text-xs text-ink-soft hovered:bg-hover">
        <SelectValue className="min-w-0 flex-1 truncate text-left" />
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      </Button>
      <Popover className="max-h-80 min-w-(--trigger-width) max-w-80 overflow-auto rounded-lg bg-raised p-1 shadow-float">
        <ListBox items={options} className="outline-none">
          {({ id, name }) => (
            <ListBoxItem
              id={id}
              textValue={name}
              className="cursor-default truncate rounded-md px-2.5 py-1.5 text-xs hovered:bg-hover focused:bg-hover selected:text-accent-text"
            >
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
