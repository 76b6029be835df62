// Which question about a view is open.
import { create } from 'zustand';

export type ViewDialog = 'save' | 'rename' | 'remove';

export const useViewDialog = create<{ readonly open: ViewDialog | undefined; readonly menu: boolean }>(
  () => ({
    open: undefined,
    menu: false,
  }),
);

export const viewDialog = {
  open: (open: ViewDialog) => useViewDialog.setState({ open, menu: false }),
  /** Unless another one is open by now. */
  close: (asked: ViewDialog | undefined) =>
    useViewDialog.setState(({ open }) => (open === asked ? { open: undefined } : {})),
  menu: (menu: boolean) => useViewDialog.setState({ menu }),
};
