// The frame around every screen: rail, banner, shortcuts, and nothing else when the window is full screen.
import { Outlet, useNavigate } from '@tanstack/react-router';
import { Activity, Cctv, Clapperboard, Keyboard, KeyRound, LayoutGrid, Maximize, Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AlarmBar } from '../alarms/alarm-bar.tsx';
import type { Command } from '../commands/command.ts';
import { Palette } from '../commands/palette.tsx';
import { listenForShortcuts, useCommands } from '../commands/registry.ts';
import { ShortcutsSheet } from '../commands/shortcuts-sheet.tsx';
import { Notice } from '../controls/notice.tsx';
import { Remark } from '../controls/remark.tsx';
import { MarkDialog } from '../marks/mark-dialog.tsx';
import { useStationConnection } from '../station/connection.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { toggleFullScreen, useFullScreen } from './full-screen.ts';
import { liveKey } from './live-key.ts';
import { Rail } from './rail.tsx';

export function Frame() {
  const { t } = useTranslation('frame');
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const isFullScreen = useFullScreen();
  const signedOut = useStationConnection((state) => state.connection.kind === 'signed-out');
  useFrameCommands(setShortcutsOpen, setPaletteOpen);
  useEffect(() => listenForShortcuts(), []);

  if (signedOut) {
    return (
      <Notice icon={KeyRound} title={t('signedOut')}>
        {t('signedOutHint')}
      </Notice>
    );
  }
  return (
    <div className="flex h-full">
      {!isFullScreen && <Rail onShortcuts={() => setShortcutsOpen(true)} />}
      <div className="flex min-w-0 flex-1 flex-col">
        <ConnectionBanner />
        <AlarmBar />
        <main className="flex min-h-0 flex-1 flex-col">
          <Outlet />
        </main>
      </div>
      <ShortcutsSheet isOpen={shortcutsOpen} onOpenChange={setShortcutsOpen} />
      <MarkDialog />
      <Remark />
      <Palette isOpen={paletteOpen} onOpenChange={setPaletteOpen} />
    </div>
  );
}

function useFrameCommands(
  openShortcuts: (open: boolean) => void,
  openPalette: (open: boolean) => void,
): void {
  const { t } = useTranslation('commands');
  const navigate = useNavigate();
  const commands = useMemo((): Command[] => {
    const general = (id: string, label: string, keys: string, icon: Command['icon'], perform: () => void) =>
      ({ id: `general.${id}`, label, group: 'general', keys: [keys], icon, perform }) as const;
    return [
      general('live', t('goLive'), liveKey, LayoutGrid, () => void navigate({ to: '/live' })),
      general('playback', t('goPlayback'), 'P', Clapperboard, () => void navigate({ to: '/playback' })),
      general('cameras', t('goCameras'), 'C', Cctv, () => void navigate({ to: '/cameras' })),
      general('health', t('goHealth'), 'H', Activity, () => void navigate({ to: '/health' })),
      general('full-screen', t('fullScreen'), 'F', Maximize, toggleFullScreen),
      general('palette', t('palette'), 'Mod+K', Search, () => openPalette(true)),
      general('shortcuts', t('shortcuts'), '?', Keyboard, () => openShortcuts(true)),
    ];
  }, [t, navigate, openShortcuts, openPalette]);
  useCommands(commands);
}
