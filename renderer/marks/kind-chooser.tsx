// Chooses the kind of a mark: four shapes with their names, moved through with the arrow keys.
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type MarkKind, markKinds } from '../../recorder/model/marks.ts';
import { MarkShape } from '../timeline/mark-shape.tsx';

interface KindChooserProps {
  readonly kind: MarkKind;
  onChange(kind: MarkKind): void;
}

export function KindChooser({ kind, onChange }: KindChooserProps) {
  const { t } = useTranslation('marks');
  return (
    <ToggleButtonGroup
      aria-label={t('dialog.kind')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[kind]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as MarkKind);
      }}
      className="grid grid-cols-4 gap-1 rounded-lg border border-line bg-ground p-0.5"
    >
      {markKinds.map((one) => (
        <ToggleButton
          key={one}
          id={one}
          className="flex h-8 cursor-default items-center justify-center gap-2 rounded-md text-sm font-medium text-ink-soft hovered:text-ink selected:bg-hover selected:text-ink"
        >
          <MarkShape kind={one} />
          {t(`kind.${one}`)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/** The kind `by` places further, around the corner. */
export function kindBeside(kind: MarkKind, by: 1 | -1): MarkKind {
  const index = markKinds.indexOf(kind) + by;
  return markKinds[(index + markKinds.length) % markKinds.length] ?? kind;
}
