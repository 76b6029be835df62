// Windows over a screen: a sheet to read or fill in, and a question before something that cannot be taken back.
import { type LucideIcon, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './button.tsx';

const widths = { narrow: 'max-w-md', middle: 'max-w-2xl', wide: 'max-w-4xl' } as const;

interface SheetProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly icon?: LucideIcon;
  readonly width?: keyof typeof widths;
  readonly role?: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
}

export function Sheet({
  title,
  icon: Icon,
  width = 'middle',
  role = 'dialog',
  children,
  ...open
}: SheetProps) {
  const { t } = useTranslation('frame');
  return (
    <ModalOverlay
      {...open}
      isDismissable
      className="fixed inset-0 z-50 flex items-center justify-center bg-black/60 p-6 backdrop-blur-[2px] entering:animate-in"
    >
      <Modal className={`max-h-full w-full overflow-auto rounded-2xl bg-panel shadow-float ${widths[width]}`}>
        <Dialog role={role} className="p-6 outline-none">
          <header className="mb-4 flex items-center gap-3">
            {Icon && <Icon aria-hidden className="size-5 text-ink-soft" />}
            <Heading slot="title" className="flex-1 text-lg font-semibold">
              {title}
            </Heading>
            <IconButton icon={X} label={t('close')} slot="close" />
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface QuestionProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says: the deed itself, never "OK". */
  readonly deed: string;
  readonly cancel: string;
  readonly isPending?: boolean;
  onConfirm(): void;
}

export function Question({ deed, cancel, isPending = false, onConfirm, children, ...sheet }: QuestionProps) {
  return (
    <Sheet {...sheet} width="narrow" role="alertdialog">
      <div className="text-sm leading-relaxed text-ink-soft">{children}</div>
      <div className="mt-6 flex justify-end gap-3">
        <Button onPress={() => sheet.onOpenChange(false)} autoFocus>
          {cancel}
        </Button>
        <Button look="grave" isPending={isPending} onPress={onConfirm}>
          {deed}
        </Button>
      </div>
    </Sheet>
  );
}
