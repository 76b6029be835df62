// The window in which a mark is made or changed: below the picture, so that what is marked stays in sight.

import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { labels } from '../playback/zone.ts';
import { stretchOf } from '../timeline/moment-words.ts';
import { closeMarkDialog, type MarkDraft, useMarkDraft } from './mark-draft.ts';
import { MarkForm } from './mark-form.tsx';

/** Mounted once, in the frame. */
export function MarkDialog() {
  const draft = useMarkDraft((state) => state.draft);
  return (
    <ModalOverlay
      isOpen={draft !== undefined}
      onOpenChange={(open) => {
        if (!open && draft !== undefined) closeMarkDialog(draft);
      }}
      isDismissable
      className="fixed inset-0 z-50 flex items-end justify-center bg-black/25 p-4"
    >
      <Modal className="max-h-full w-full max-w-xl overflow-auto rounded-2xl bg-panel shadow-float">
        {draft !== undefined && (
          <Dialog className="p-4 outline-none">
            <Title draft={draft} />
            <MarkForm draft={draft} onDone={() => closeMarkDialog(draft)} />
          </Dialog>
        )}
      </Modal>
    </ModalOverlay>
  );
}

function Title({ draft }: { readonly draft: MarkDraft }) {
  const { t } = useTranslation('marks');
  const about = draft.kind === 'new' ? draft : draft.mark;
  const { cameraName, startMs, endMs } = about;
  return (
    <header className="mb-3 flex items-baseline gap-3">
      <Heading slot="title" className="shrink-0 text-base font-semibold">
        {t(`dialog.${draft.kind}`)}
      </Heading>
      <p className="flex min-w-0 gap-2 text-sm text-ink-soft">
        <span className="truncate">{cameraName}</span>
        <span className="shrink-0">
          {endMs === undefined
            ? `${labels.day(startMs)}, ${labels.exactClock(startMs, 'millisecond')}`
            : stretchOf(labels, startMs, endMs)}
        </span>
      </p>
    </header>
  );
}
