// The tags of a mark: those it has, and a field that finds others as they are typed, or makes a new one.
import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import {
  Tag as AriaTag,
  Button,
  ComboBox,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  TagGroup,
  TagList,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Tag, tagColours, tagNameLimit, tagsPerMarkLimit } from '../../electron/contract/marks.ts';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { station } from '../station/client.ts';
import { TagDot, tagChip } from './tag-chip.tsx';
import { type Offer, offersFor } from './tag-offers.ts';
import { useTags } from './use-tags.ts';

interface TagPickerProps {
  readonly chosen: readonly Tag[];
  onChange(tags: readonly Tag[]): void;
}

export function TagPicker({ chosen, onChange }: TagPickerProps) {
  const { t } = useTranslation('marks');
  const [added, setAdded] = useState(0);
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <TagGroup
        aria-label={t('dialog.tags')}
        onRemove={(keys) => onChange(chosen.filter(({ id }) => !keys.has(id)))}
        className={chosen.length === 0 ? 'hidden' : ''}
      >
        <TagList items={chosen} className="flex flex-wrap gap-1.5">
          {(tag) => (
            <AriaTag textValue={tag.name} className={`${tagChip} cursor-default`}>
              <TagDot colour={tag.colour} />
              <span className="max-w-40 truncate">{tag.name}</span>
              <Button
                slot="remove"
                aria-label={t('dialog.removeTag')}
                className="rounded-full text-ink-faint"
              >
                <X aria-hidden className="size-3" />
              </Button>
            </AriaTag>
          )}
        </TagList>
      </TagGroup>
      {chosen.length < tagsPerMarkLimit && (
        // A fresh field after each choice: emptied, its list closed, ready for the next word.
        <TagField
          key={added}
          autoFocus={added > 0}
          chosen={chosen}
          onChoose={(tag) => {
            setAdded(added + 1);
            onChange([...chosen, tag]);
          }}
        />
      )}
    </div>
  );
}

interface TagFieldProps {
  readonly autoFocus: boolean;
  readonly chosen: readonly Tag[];
  onChoose(tag: Tag): void;
}

function TagField({ autoFocus, chosen, onChoose }: TagFieldProps) {
  const { t } = useTranslation('marks');
  const tags = useTags();
  const [typed, setTyped] = useState('');
  const offers = offersFor(typed, tags, chosen);
  const choose = async (id: string) => {
    const name = typed.trim();
    const known = offers.find((offer) => offer.id === id)?.tag;
    try {
      const colour = tagColours[tags.length % tagColours.length] ?? 'blue';
      onChoose(known ?? (await station.tags.add({ name, colour })));
    } catch (error) {
      remark({ text: refusalWords(error) });
    }
  };
  return (
    <ComboBox
      aria-label={t('dialog.addTag')}
      items={offers}
      inputValue={typed}
      onInputChange={setTyped}
      value={null}
      onChange={(key) => {
        if (key !== null) void choose(String(key));
      }}
      autoFocus={autoFocus}
    >
      <div className="flex h-7 w-40 items-center rounded-full border border-line-strong bg-ground pr-2 pl-3 focus-within:outline-2 focus-within:outline-accent-text">
        <Input
          placeholder={t('dialog.addTag')}
          maxLength={tagNameLimit}
          className="w-full min-w-0 bg-transparent text-xs text-ink outline-none placeholder:text-ink-faint"
        />
        <Button className="text-ink-faint">
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      </div>
      <Popover
        placement="top start"
        className="max-h-60 w-64 overflow-auto rounded-lg bg-raised p-1 shadow-float"
      >
        <ListBox className="outline-none">
          {(offer: Offer) => <Offered offer={offer} typed={typed.trim()} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function Offered({ offer: { id, tag }, typed }: { readonly offer: Offer; readonly typed: string }) {
  const { t } = useTranslation('marks');
  return (
    <ListBoxItem
      id={id}
      textValue={tag?.name ?? typed}
      className="flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-xs hovered:bg-hover focused:bg-hover"
    >
      {tag === undefined ? (
        t('dialog.createTag', { name: typed })
      ) : (
        <>
          <TagDot colour={tag.colour} />
          <span className="truncate">{tag.name}</span>
          <span className="ml-auto truncate text-ink-faint">{tag.category}</span>
        </>
      )}
    </ListBoxItem>
  );
}
