// Makes a tag or changes one: name, category, colour.
import { type SubmitEvent, useState } from 'react';
import { Input, Label, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Tag, type TagColour, tagColours, tagNameLimit } from '../../electron/contract/marks.ts';
import { Alert } from '../controls/alert.tsx';
import { Button, WithTooltip } from '../controls/button.tsx';
import { refusalTitle } from '../controls/refusal-words.ts';
import { type Refusal, refusalOf, station } from '../station/client.ts';
import { TagDot } from './tag-chip.tsx';

interface TagFormProps {
  /** The tag to change; left out, a new one is made. */
  readonly tag?: Tag;
  readonly onDone?: () => void;
}

const input =
  'h-9 w-full rounded-lg border border-line-strong bg-ground px-3 text-sm text-ink placeholder:text-ink-faint';

export function TagForm({ tag, onDone }: TagFormProps) {
  const { t } = useTranslation('marks');
  const [name, setName] = useState(tag?.name ?? '');
  const [category, setCategory] = useState(tag?.category ?? '');
  const [colour, setColour] = useState<TagColour>(tag?.colour ?? 'blue');
  const [refusal, setRefusal] = useState<Refusal>();
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = { name, category, colour };
    try {
      await (tag === undefined
        ? station.tags.add(fields)
        : station.tags.change({ ...fields, tagId: tag.id }));
      onDone?.();
    } catch (error) {
      setRefusal(refusalOf(error));
    }
  };
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <TextField
          value={name}
          onChange={setName}
          maxLength={tagNameLimit}
          autoFocus={tag !== undefined}
          className="flex flex-col gap-1"
        >
          <Label className="text-xs font-medium">{t('tags.name')}</Label>
          <Input className={input} />
        </TextField>
        <TextField
          value={category}
          onChange={setCategory}
          maxLength={tagNameLimit}
          className="flex flex-col gap-1"
        >
          <Label className="text-xs font-medium">{t('tags.category')}</Label>
          <Input placeholder={t('tags.categoryHint')} className={input} />
        </TextField>
      </div>
      <div className="flex items-center justify-between gap-3">
        <Colours colour={colour} onChange={setColour} />
        <div className="flex gap-2">
          {onDone !== undefined && <Button onPress={onDone}>{t('tags.cancel')}</Button>}
          <Button type="submit" look="primary" isDisabled={name.trim() === ''}>
            {t(tag === undefined ? 'tags.add' : 'tags.save')}
          </Button>
        </div>
      </div>
      {refusal !== undefined && <Alert title={refusalTitle(refusal)}>{refusal.hint}</Alert>}
    </form>
  );
}

function Colours({ colour, onChange }: { readonly colour: TagColour; onChange(colour: TagColour): void }) {
  const { t } = useTranslation('marks');
  return (
    <ToggleButtonGroup
      aria-label={t('tags.colour')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[colour]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as TagColour);
      }}
      className="flex gap-1"
    >
      {tagColours.map((one) => (
        <WithTooltip key={one} label={t(`tags.colours.${one}`)}>
          <ToggleButton
            id={one}
            aria-label={t(`tags.colours.${one}`)}
            className="flex size-8 items-center justify-center rounded-lg border border-transparent hovered:bg-hover selected:border-ink-soft [&>span]:size-4"
          >
            <TagDot colour={one} />
          </ToggleButton>
        </WithTooltip>
      ))}
    </ToggleButtonGroup>
  );
}
