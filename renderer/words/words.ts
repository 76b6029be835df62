// The words of the desk by language and screen. English is the first catalogue and the one that types the keys.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { alarms } from './en/alarms.ts';
import { cameras } from './en/cameras.ts';
import { commands } from './en/commands.ts';
import { evidence } from './en/evidence.ts';
import { frame } from './en/frame.ts';
import { health } from './en/health.ts';
import { live } from './en/live.ts';
import { marks } from './en/marks.ts';
import { motion } from './en/motion.ts';
import { playback } from './en/playback.ts';
import { states } from './en/states.ts';
import { timeline } from './en/timeline.ts';

const en = {
  frame,
  live,
  playback,
  cameras,
  health,
  states,
  timeline,
  commands,
  marks,
  motion,
  alarms,
  evidence,
};

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    resources: typeof en;
  }
}

/** Call once before the first render. Everything is bundled, so it is done when it returns. */
export function setUpWords(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'frame',
    resources: { en },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
