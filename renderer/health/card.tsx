// The parts every section of the health screen is made of: a card with a heading, and facts in two columns.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface CardProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** Beside the heading. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Card({ icon: Icon, title, tools, children }: CardProps) {
  return (
    <section aria-label={title} className="min-w-0 rounded-xl border border-line bg-panel p-5">
      <header className="mb-4 flex min-h-9 items-center gap-2.5">
        <Icon aria-hidden className="size-4.5 text-ink-faint" />
        <h2 className="flex-1 text-sm font-semibold">{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}

export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-ink-faint">{label}</dt>
          <dd data-selectable className="text-right">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface TableProps {
  readonly label: string;
  /** The first names the row and stands at the left, the last at the left as well, numbers between them at the right. */
  readonly columns: readonly { readonly title: string; readonly isNumber?: boolean }[];
  readonly children: ReactNode;
}

/** Rows are `tr` with as many cells as there are columns. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <div className="-mx-5 overflow-x-auto">
      <table aria-label={label} className="w-full border-collapse text-sm">
        <thead className="text-left text-xs text-ink-faint">
          <tr className="border-b border-line [&>th]:px-3 [&>th]:py-2 [&>th]:font-medium [&>th]:first:pl-5 [&>th]:last:pr-5">
            {columns.map(({ title, isNumber = false }) => (
              <th key={title} scope="col" className={isNumber ? 'text-right' : ''}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr]:border-b [&>tr]:border-line [&>tr]:last:border-0 [&>tr>*]:px-3 [&>tr>*]:py-2.5 [&>tr>*]:first:pl-5 [&>tr>*]:last:pr-5">
          {children}
        </tbody>
      </table>
    </div>
  );
}
