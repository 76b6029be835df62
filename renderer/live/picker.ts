// Which tile a camera is being chosen for.
import { create } from 'zustand';

export const usePicker = create<{ readonly slot: number | undefined }>(() => ({ slot: undefined }));

export function pickFor(slot: number | undefined): void {
  usePicker.setState({ slot });
}
