// A whole number between two ends, by dragging or with the arrow keys.
import { Slider as AriaSlider, Label, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly isDisabled?: boolean;
  onChange(value: number): void;
}

export function Slider({ label, value, least, most, isDisabled = false, onChange }: SliderProps) {
  return (
    <AriaSlider
      value={value}
      minValue={least}
      maxValue={most}
      isDisabled={isDisabled}
      onChange={onChange}
      className="grid w-full grid-cols-[1fr_auto] gap-y-1.5 disabled:opacity-45"
    >
      <Label className="text-sm font-medium">{label}</Label>
      <SliderOutput className="text-sm text-ink-soft" />
      <SliderTrack className="col-span-2 flex h-6 items-center">
        {({ state }) => (
          <>
            <div className="h-1.5 w-full overflow-hidden rounded-full bg-hover">
              <div
                className="h-full rounded-full bg-accent"
                style={{ width: `${state.getThumbPercent(0) * 100}%` }}
              />
            </div>
            <SliderThumb className="top-1/2 size-5 rounded-full border-2 border-accent bg-white" />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
