// How a camera is recorded: its mode, its week, what is kept around movement, and whether its pictures are made smaller.
import { useTranslation } from 'react-i18next';
import type { StorageSaverShape } from '../../electron/contract/modes.ts';
import type { Camera } from '../../electron/contract/shapes.ts';
import { type ModeKind, modeKinds } from '../../recorder/model/modes.ts';
import { Choice, Choices } from '../controls/choices.tsx';
import { Select } from '../controls/select.tsx';
import { Switch } from '../controls/switch.tsx';
import { ByHand } from './by-hand.tsx';
import { type RecordingForm, rollSeconds, saverChoices, usesMotion, withCurrent } from './recording-form.ts';
import { WeekEditor } from './week-editor.tsx';

interface PartProps {
  readonly form: RecordingForm;
  onChange(form: RecordingForm): void;
}

export function RecordingTab({ camera, form, onChange }: PartProps & { readonly camera: Camera }) {
  return (
    <div className="flex flex-col gap-6">
      <ByHand camera={camera} />
      <Mode form={form} onChange={onChange} />
      {form.mode.kind === 'schedule' && (
        <WeekEditor
          week={form.mode.week}
          onChange={(week) => onChange({ ...form, mode: { ...form.mode, week } })}
        />
      )}
      {usesMotion(form.mode) && <Rolls form={form} onChange={onChange} />}
      <Saver form={form} onChange={onChange} />
    </div>
  );
}

function Mode({ form, onChange }: PartProps) {
  const { t } = useTranslation('cameras');
  const choose = (value: string) => {
    const kind: ModeKind = modeKinds.find((each) => each === value) ?? 'continuous';
    onChange({ ...form, mode: { ...form.mode, kind } });
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <Choices label={t('mode.label')} value={form.mode.kind} onChange={choose}>
        {modeKinds.map((kind) => (
          <Choice key={kind} value={kind} label={t(`mode.${kind}`)} />
        ))}
      </Choices>
      <p className="text-xs text-ink-faint">{t(`mode.${form.mode.kind}Hint`)}</p>
    </div>
  );
}

function Rolls({ form, onChange }: PartProps) {
  const { t } = useTranslation('cameras');
  const { preRollMs, postRollMs } = form.mode;
  const seconds = (choices: readonly number[], ms: number) =>
    withCurrent(choices, ms / 1_000).map((count) => [String(count), t('seconds', { count })] as const);
  return (
    <div className="grid max-w-md grid-cols-2 gap-4">
      <Select
        label={t('preRoll')}
        value={String(preRollMs / 1_000)}
        options={seconds(rollSeconds.pre, preRollMs)}
        onChange={(value) => onChange({ ...form, mode: { ...form.mode, preRollMs: Number(value) * 1_000 } })}
      />
      <Select
        label={t('postRoll')}
        value={String(postRollMs / 1_000)}
        options={seconds(rollSeconds.post, postRollMs)}
        onChange={(value) => onChange({ ...form, mode: { ...form.mode, postRollMs: Number(value) * 1_000 } })}
      />
    </div>
  );
}

/** Stands for "as it comes" in a list of numbers. */
const unlimited = 'unlimited';

function Saver({ form, onChange }: PartProps) {
  const { t } = useTranslation('cameras');
  const { saver, saves } = form;
  const change = (part: Partial<StorageSaverShape>) => onChange({ ...form, saver: { ...saver, ...part } });
  const limited = (choices: readonly number[], current: number | undefined, unit: 'lines' | 'fps') => [
    [unlimited, t('saver.asItComes')] as const,
    ...withCurrent(choices, current ?? choices[0] ?? 0).map(
      (count) => [String(count), t(`saver.${unit}`, { count })] as const,
    ),
  ];
  /** Without the field where there is no limit: the contract knows no empty one. */
  const without = (field: 'heightLimit' | 'fpsLimit', value: string) => {
    const { [field]: _, ...rest } = saver;
    onChange({ ...form, saver: value === unlimited ? rest : { ...rest, [field]: Number(value) } });
  };
  return (
    <section className="flex flex-col gap-4 border-t border-line pt-5">
      <div className="flex items-center gap-3">
        <Switch
          label={t('saver.title')}
          isSelected={saves}
          onChange={(next) => onChange({ ...form, saves: next })}
        />
        <div>
          <h3 className="text-sm font-medium">{t('saver.title')}</h3>
          <p className="text-xs text-ink-faint">{t('saver.hint')}</p>
        </div>
      </div>
      {saves && (
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Select
            label={t('saver.codec')}
            value={saver.codec}
            options={[
              ['h264', 'H.264'],
              ['h265', 'H.265'],
            ]}
            onChange={(value) => change({ codec: value === 'h265' ? 'h265' : 'h264' })}
          />
          <Select
            label={t('saver.height')}
            value={String(saver.heightLimit ?? unlimited)}
            options={limited(saverChoices.height, saver.heightLimit, 'lines')}
            onChange={(value) => without('heightLimit', value)}
          />
          <Select
            label={t('saver.rate')}
            value={String(saver.fpsLimit ?? unlimited)}
            options={limited(saverChoices.fps, saver.fpsLimit, 'fps')}
            onChange={(value) => without('fpsLimit', value)}
          />
          <Select
            label={t('saver.bits')}
            value={String(saver.kilobits)}
            options={withCurrent(saverChoices.kilobits, saver.kilobits).map(
              (count) => [String(count), t('saver.kilobits', { count })] as const,
            )}
            onChange={(value) => change({ kilobits: Number(value) })}
          />
        </div>
      )}
    </section>
  );
}
