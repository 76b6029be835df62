// Buttons that lie on a picture, dark whatever the desk's look, each with its tooltip.
import type { LucideIcon } from 'lucide-react';
import { Button } from 'react-aria-components';
import { WithTooltip } from './button.tsx';

/** Each on a ground of its own, or in a bar that has one. */
const looks = {
  single: { frame: 'size-9 rounded-lg bg-black/65 text-on-glass hover:bg-black/85', icon: 'size-4.5' },
  bar: { frame: 'size-8 rounded-md hover:bg-black/60', icon: 'size-4' },
} as const;

interface PictureButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly keys: string;
  readonly look?: keyof typeof looks;
  onPress(): void;
}

export function PictureButton({ icon: Icon, label, keys, look = 'single', onPress }: PictureButtonProps) {
  return (
    <WithTooltip label={label} keys={keys}>
      <Button aria-label={label} onPress={onPress} className={pictureButton(look)}>
        <Icon aria-hidden className={looks[look].icon} />
      </Button>
    </WithTooltip>
  );
}

/** The look, for a link among the buttons. The layer they lie on may let the pointer through, they do not. */
export function pictureButton(look: keyof typeof looks = 'single'): string {
  return `pointer-events-auto flex cursor-default items-center justify-center ${looks[look].frame}`;
}
