// What a screen says instead of its content: nothing here yet, still loading, or it failed and what to do.
import { LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalOf } from '../station/client.ts';
import { Button } from './button.tsx';
import { refusalTitle } from './refusal-words.ts';

interface NoticeProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons that lead on. */
  readonly actions?: ReactNode;
}

export function Notice({ icon: Icon, title, children, actions }: NoticeProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center p-8 text-center">
      <div className="mb-5 flex size-16 items-center justify-center rounded-2xl border border-line bg-panel">
        <Icon aria-hidden className="size-7 text-ink-soft" />
      </div>
      <h2 className="text-xl font-semibold">{title}</h2>
      {children !== undefined && (
        <div className="mt-2 max-w-md text-sm leading-relaxed text-ink-soft">{children}</div>
      )}
      {actions !== undefined && <div className="mt-6 flex flex-wrap justify-center gap-3">{actions}</div>}
    </div>
  );
}

export function Loading() {
  const { t } = useTranslation('frame');
  return (
    <div role="status" className="flex h-full items-center justify-center gap-3 text-sm text-ink-soft">
      <LoaderCircle aria-hidden className="size-5 animate-spin" />
      {t('loading')}
    </div>
  );
}

/** A call that failed, in the station's words, with the way to try again. */
export function Failed({ error, onRetry }: { readonly error: unknown; onRetry(): void }) {
  const { t } = useTranslation('frame');
  const refusal = refusalOf(error);
  return (
    <Notice
      icon={TriangleAlert}
      title={refusalTitle(refusal)}
      actions={<Button onPress={onRetry}>{t('tryAgain')}</Button>}
    >
      {refusal.hint}
    </Notice>
  );
}
