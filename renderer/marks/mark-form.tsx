// The fields of a mark: kind, text, tags. Enter saves; up and down choose the kind without leaving the text.
import { useState } from 'react';
import { TextArea, TextField, type TextFieldProps } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { markTextLimit, type Tag } from '../../electron/contract/marks.ts';
import type { MarkKind } from '../../recorder/model/marks.ts';
import { KeyCaps } from '../commands/key-caps.tsx';
import { Alert } from '../controls/alert.tsx';
import { Button } from '../controls/button.tsx';
import { refusalTitle } from '../controls/refusal-words.ts';
import { type Refusal, refusalOf } from '../station/client.ts';
import { KindChooser, kindBeside } from './kind-chooser.tsx';
import type { MarkDraft } from './mark-draft.ts';
import { saveMark } from './save-mark.ts';
import { TagPicker } from './tag-picker.tsx';

interface MarkFormProps {
  readonly draft: MarkDraft;
  onDone(): void;
}

export function MarkForm({ draft, onDone }: MarkFormProps) {
  const { t } = useTranslation('marks');
  const before = draft.kind === 'change' ? draft.mark : undefined;
  const [kind, setKind] = useState<MarkKind>(before?.kind ?? 'note');
  const [text, setText] = useState(before?.text ?? '');
  const [tags, setTags] = useState<readonly Tag[]>(before?.tags ?? []);
  const { save, isPending, refusal } = useSaving(onDone);
  const submit = () => save(() => saveMark(draft, { kind, text, tagIds: tags.map(({ id }) => id) }));
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <KindChooser kind={kind} onChange={setKind} />
      <MarkText
        text={text}
        onChange={setText}
        onEnter={() => void submit()}
        onArrow={(by) => setKind(kindBeside(kind, by))}
      />
      <TagPicker chosen={tags} onChange={setTags} />
      {refusal !== undefined && <Alert title={refusalTitle(refusal)}>{refusal.hint}</Alert>}
      <div className="flex items-center gap-2">
        <KeyHints />
        <Button onPress={onDone}>{t('dialog.cancel')}</Button>
        <Button type="submit" look="primary" isPending={isPending}>
          {t('dialog.save')}
        </Button>
      </div>
    </form>
  );
}

/** One save at a time; done when it succeeded, told why when it did not. */
function useSaving(onDone: () => void) {
  const [refusal, setRefusal] = useState<Refusal>();
  const [isPending, setPending] = useState(false);
  const save = async (deed: () => Promise<void>) => {
    if (isPending) return;
    setPending(true);
    try {
      await deed();
      onDone();
    } catch (error) {
      setRefusal(refusalOf(error));
      setPending(false);
    }
  };
  return { save, isPending, refusal };
}

interface MarkTextProps {
  readonly text: string;
  onChange(text: string): void;
  onEnter(): void;
  /** In a single line up and down have nothing else to do. */
  onArrow(by: 1 | -1): void;
}

function MarkText({ text, onChange, onEnter, onArrow }: MarkTextProps) {
  const { t } = useTranslation('marks');
  const onKeyDown: TextFieldProps['onKeyDown'] = (event) => {
    // A text field keeps its keys to itself: Escape has to reach the dialog.
    if (event.key === 'Escape') event.continuePropagation();
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const isLine = !text.includes('\n');
    if (event.key === 'Enter' && !event.shiftKey) onEnter();
    else if (event.key === 'ArrowDown' && isLine) onArrow(1);
    else if (event.key === 'ArrowUp' && isLine) onArrow(-1);
    else return;
    event.preventDefault();
  };
  return (
    <TextField
      aria-label={t('dialog.text')}
      value={text}
      onChange={onChange}
      maxLength={markTextLimit}
      autoFocus
      onKeyDown={onKeyDown}
    >
      <TextArea
        rows={2}
        placeholder={t('dialog.placeholder')}
        className="block w-full resize-none rounded-lg border border-line-strong bg-ground px-3 py-2 text-sm text-ink placeholder:text-ink-faint"
      />
    </TextField>
  );
}

function KeyHints() {
  const { t } = useTranslation('marks');
  return (
    <p aria-hidden className="flex flex-1 flex-wrap items-center gap-1.5 text-xs text-ink-faint">
      <KeyCaps keys="ArrowUp+ArrowDown" /> {t('dialog.hint')}
      <span className="w-1" />
      <KeyCaps keys="Enter" /> {t('dialog.enter')}
      <span className="w-1" />
      <KeyCaps keys="Shift+Enter" /> {t('dialog.newLine')}
    </p>
  );
}
