// What the mark dialog is open on: a moment or range about to be marked, or a mark to change.
import { create } from 'zustand';
import type { Mark } from '../../electron/contract/marks.ts';
import type { EpochMs } from '../../recorder/model/clock.ts';
import type { CameraId } from '../../recorder/model/ids.ts';

export type MarkDraft =
  | {
      readonly kind: 'new';
      readonly cameraId: CameraId;
      readonly cameraName: string;
      readonly startMs: EpochMs;
      readonly endMs?: EpochMs;
      /** Called once the mark is saved. */
      readonly onSaved?: () => void;
    }
  | { readonly kind: 'change'; readonly mark: Mark };

export const useMarkDraft = create<{ readonly draft: MarkDraft | undefined }>(() => ({ draft: undefined }));

export function openMarkDialog(draft: MarkDraft): void {
  useMarkDraft.setState({ draft });
}

/** Unless it is open on another draft by now. */
export function closeMarkDialog(asked: MarkDraft): void {
  useMarkDraft.setState(({ draft }) => (draft === asked ? { draft: undefined } : {}));
}
