// The sheet of all shortcuts that work right now, opened with `?`.
import { Keyboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../controls/dialog.tsx';
import type { Command, CommandGroup } from './command.ts';
import { KeyCaps } from './key-caps.tsx';
import { useAllCommands } from './registry.ts';

const groups: readonly CommandGroup[] = ['live', 'arrange', 'tile', 'playback', 'cameras', 'general'];

export function ShortcutsSheet(props: {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { t } = useTranslation('frame');
  const commands = useAllCommands().filter((command) => command.keys.length > 0);
  return (
    <Sheet {...props} title={t('shortcuts')} icon={Keyboard} width="wide">
      <p className="text-sm text-ink-soft">{t('shortcutsHint')}</p>
      <div className="mt-5 gap-x-10 sm:columns-2">
        {groups.map((group) => (
          <Group key={group} group={group} commands={commands.filter((command) => command.group === group)} />
        ))}
      </div>
    </Sheet>
  );
}

interface Line {
  readonly id: string;
  readonly label: string;
  readonly keys: readonly string[];
}

/** Commands that belong together take one line with all their keys. */
function linesOf(commands: readonly Command[]): readonly Line[] {
  const lines: Line[] = [];
  for (const { id, label, keys, line } of commands) {
    const before = lines.at(-1);
    if (line !== undefined && before?.label === line) {
      lines[lines.length - 1] = { ...before, keys: [...before.keys, ...keys] };
    } else {
      lines.push({ id, label: line ?? label, keys });
    }
  }
  return lines;
}

function Group({ group, commands }: { readonly group: CommandGroup; readonly commands: readonly Command[] }) {
  const { t } = useTranslation('commands');
  if (commands.length === 0) return null;
  return (
    <section className="mb-6">
      <h3 className="mb-2 text-xs font-semibold tracking-wide text-ink-faint uppercase">
        {t(`groups.${group}`)}
      </h3>
      <dl className="divide-y divide-line">
        {linesOf(commands).map(({ id, label, keys }) => (
          <div key={id} className="flex break-inside-avoid items-center justify-between gap-6 py-1.5">
            <dt className="text-sm">{label}</dt>
            <dd className="flex shrink-0 gap-2">
              {keys.map((one) => (
                <KeyCaps key={one} keys={one} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
