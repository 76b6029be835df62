// Buttons over a picture: mark it, keep it, and in playback choose a stretch of it.
import { ArrowLeftToLine, ArrowRightToLine, BookmarkPlus, Camera as CameraIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PictureButton } from '../controls/picture-button.tsx';
import { LockSelection } from '../evidence/lock-selection.tsx';
import { selection } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { markKeys, markSubject, type Subject, snapSubject } from './use-mark-commands.ts';
import { useRights } from './use-tags.ts';

interface TileMarkToolsProps {
  readonly subject: Subject;
  readonly look?: 'single' | 'bar';
}

/** Among the other tools of a tile on the wall. */
export function TileMarkTools({ subject, look = 'single' }: TileMarkToolsProps) {
  const { t } = useTranslation('marks');
  const { mayMark } = useRights();
  return (
    <>
      {mayMark && (
        <PictureButton
          look={look}
          icon={BookmarkPlus}
          label={t('mark')}
          keys={markKeys.mark}
          onPress={() => markSubject(subject, false)}
        />
      )}
      <PictureButton
        look={look}
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
        <PictureButton
          icon={ArrowLeftToLine}
          label={t('setIn')}
          keys={markKeys.in}
          onPress={atShown(selection.setIn)}
        />
        <PictureButton
          icon={ArrowRightToLine}
          label={t('setOut')}
          keys={markKeys.out}
          onPress={atShown(selection.setOut)}
        />
        {mayMark && (
          <PictureButton
            icon={BookmarkPlus}
            label={t('mark')}
            keys={markKeys.mark}
            onPress={() => markSubject(subject, true)}
          />
        )}
        <PictureButton
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
