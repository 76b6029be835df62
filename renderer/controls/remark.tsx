// A word about what was just done, at the lower edge for some seconds; it may offer to take it back.
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { Button, IconButton } from './button.tsx';

/** Long enough to read a line and to reach for its button. */
const staysMs = 6_000;

interface Said {
  readonly text: string;
  readonly action?: { readonly label: string; perform(): void };
}

const useRemark = create<{ readonly said: Said | undefined }>(() => ({ said: undefined }));

/** Replaces what was said before. */
export function remark(said: Said): void {
  useRemark.setState({ said });
}

/** Mounted once, in the frame. */
export function Remark() {
  const { t } = useTranslation('frame');
  const said = useRemark((state) => state.said);
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => useRemark.setState({ said: undefined }), staysMs);
    return () => clearTimeout(timer);
  }, [said]);
  const close = () => useRemark.setState({ said: undefined });
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-16 z-40 flex justify-center">
      {said !== undefined && (
        <div className="pointer-events-auto flex max-w-[80vw] items-center gap-2 rounded-xl bg-raised py-1.5 pr-1.5 pl-4 text-sm shadow-float">
          <span className="truncate py-1.5">{said.text}</span>
          {said.action !== undefined && (
            <Button
              look="plain"
              onPress={() => {
                said.action?.perform();
                close();
              }}
            >
              {said.action.label}
            </Button>
          )}
          <IconButton icon={X} label={t('close')} onPress={close} />
        </div>
      )}
    </div>
  );
}
