// The sheet of all shortcuts that work right now, opened with `?`.
import { Keyboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../controls/dialog.tsx';
import type { Command, CommandGroup } from './command.ts';
import { KeyCaps } from './key-caps.tsx';
import { useAllCommands } from './registry.ts';

const groups: readonly CommandGroup[] = ['live', 'playback', 'cameras', 'general'];

export function ShortcutsSheet(props: {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { t } = useTranslation('frame');
  const commands = useAllCommands().filter((command) => command.keys.length > 0);
  return (
    <Sheet {...props} title={t('shortcuts')} icon={Keyboard}>
      <p className="text-sm text-ink-soft">{t('shortcutsHint')}</p>
      <div className="mt-5 grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {groups.map((group) => (
          <Group key={group} group={group} commands={commands.filter((command) => command.group === group)} />
        ))}
      </div>
    </Sheet>
  );
}

function Group({ group, commands }: { readonly group: CommandGroup; readonly commands: readonly Command[] }) {
  const { t } = useTranslation('commands');
  if (commands.length === 0) return null;
  return (
    <section>
      <h3 className="mb-2 text-xs font-semibold tracking-wide text-ink-faint uppercase">
        {t(`groups.${group}`)}
      </h3>
      <dl className="divide-y divide-line">
        {commands.map((command) => (
          <div key={command.id} className="flex items-center justify-between gap-6 py-1.5">
            <dt className="text-sm">{command.label}</dt>
            <dd className="flex shrink-0 gap-2">
              {command.keys.map((keys) => (
                <KeyCaps key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
