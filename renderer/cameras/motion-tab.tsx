// Whether and how motion is looked for in a camera's picture.
import { useTranslation } from 'react-i18next';
import type { MotionSettings } from '../../electron/contract/motion.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { Slider } from '../controls/slider.tsx';
import { Switch } from '../controls/switch.tsx';
import { MaskEditor } from './mask-editor.tsx';

interface MotionTabProps {
  readonly camera: Camera;
  readonly settings: MotionSettings;
  onChange(settings: MotionSettings): void;
}

export function MotionTab({ camera, settings, onChange }: MotionTabProps) {
  const { t } = useTranslation('cameras');
  const { enabled, sensitivity, masks } = settings;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-center gap-3">
        <Switch
          label={t('motion.enabled')}
          isSelected={enabled}
          onChange={(next) => onChange({ ...settings, enabled: next })}
        />
        <div>
          <h3 className="text-sm font-medium">{t('motion.enabled')}</h3>
          <p className="text-xs text-ink-faint">{t('motion.hint')}</p>
        </div>
      </div>
      {enabled && (
        <>
          <div>
            <Slider
              label={t('motion.sensitivity')}
              value={sensitivity}
              least={0}
              most={100}
              onChange={(next) => onChange({ ...settings, sensitivity: next })}
            />
            <p className="text-xs text-ink-faint">{t('motion.sensitivityHint')}</p>
          </div>
          <MaskEditor
            camera={camera}
            masks={masks}
            onChange={(next) => onChange({ ...settings, masks: next.map((mask) => [...mask]) })}
          />
        </>
      )}
    </div>
  );
}
