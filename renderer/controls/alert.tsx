// A remark inside a screen or form: what is wrong and what helps.
import { type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

interface AlertProps {
  readonly title: string;
  readonly icon?: LucideIcon;
  readonly children?: ReactNode;
}

export function Alert({ title, icon: Icon = TriangleAlert, children }: AlertProps) {
  return (
    <div role="alert" className="flex gap-3 rounded-lg bg-warn-wash p-3.5 text-sm">
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0 text-warn-text" />
      <div className="min-w-0 leading-relaxed">
        <p className="font-medium text-warn-text">{title}</p>
        {children !== undefined && <div className="text-ink-soft">{children}</div>}
      </div>
    </div>
  );
}
