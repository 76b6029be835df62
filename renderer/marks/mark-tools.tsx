// Buttons over a picture: mark it, keep it, and in playback choose a stretch of it.
import {
  ArrowLeftToLine,
  ArrowRightToLine,
  BookmarkPlus,
  Camera as CameraIcon,
  type LucideIcon,
} from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { WithTooltip } from '../controls/button.tsx';
import { LockSelection } from '../evidence/lock-selection.tsx';
import { selection } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { markKeys, markSubject, type Subject, snapSubject } from './use-mark-commands.ts';
import { useRights } from './use-tags.ts';

interface ToolProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly keys: string;
  onPress(): void;
}

function Tool({ icon: Icon, label, keys, onPress }: ToolProps) {
  return (
    <WithTooltip label={label} keys={keys}>
      <Button
        aria-label={label}
        onPress={onPress}
        className="pointer-events-auto flex size-9 cursor-default items-center justify-center rounded-lg bg-black/65 text-on-glass hover:bg-black/85"
      >
        <Icon aria-hidden className="size-4.5" />
      </Button>
    </WithTooltip>
  );
}

/** Among the other tools of a live tile. */
export function TileMarkTools({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('marks');
  const { mayMark } = useRights();
  return (
    <>
      {mayMark && (
        <Tool
          icon={BookmarkPlus}
          label={t('mark')}
          keys={markKeys.mark}
          onPress={() => markSubject(subject, false)}
        />
      )}
      <Tool
        icon={CameraIcon}
        label={t('snapshot')}
        keys={markKeys.snapshot}
        onPress={() => snapSubject(subject)}
      />
    </>
  );
}

/** Over the picture of playback, in the same cell of its grid; what lies beneath stays clickable. */
export function MarkTools({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('marks');
  const { mayMark } = useRights();
  const atShown = (action: (ms: number) => void) => () => {
    const ms = subject.shownMs();
    if (ms !== undefined) action(ms);
  };
  return (
    <div className="pointer-events-none relative col-start-1 row-start-1">
      <div className="absolute right-2 bottom-2 flex gap-1">
        <Tool
          icon={ArrowLeftToLine}
          label={t('setIn')}
          keys={markKeys.in}
          onPress={atShown(selection.setIn)}
        />
        <Tool
          icon={ArrowRightToLine}
          label={t('setOut')}
          keys={markKeys.out}
          onPress={atShown(selection.setOut)}
        />
        {mayMark && (
          <Tool
            icon={BookmarkPlus}
            label={t('mark')}
            keys={markKeys.mark}
            onPress={() => markSubject(subject, true)}
          />
        )}
        <Tool
          icon={CameraIcon}
          label={t('snapshot')}
          keys={markKeys.snapshot}
          onPress={() => snapSubject(subject)}
        />
      </div>
      <SelectionBar onMark={() => markSubject(subject, true)}>
        <LockSelection camera={subject.camera} />
      </SelectionBar>
    </div>
  );
}
