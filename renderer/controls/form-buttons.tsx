// The end of a form in a sheet: leave it, or do what it is for.
import { Button } from './button.tsx';

interface FormButtonsProps {
  /** What sending does, as the button says it. */
  readonly deed: string;
  readonly cancel: string;
  readonly isPending: boolean;
  onCancel(): void;
}

export function FormButtons({ deed, cancel, isPending, onCancel }: FormButtonsProps) {
  return (
    <div className="flex justify-end gap-3 self-stretch">
      <Button onPress={onCancel}>{cancel}</Button>
      <Button type="submit" look="primary" isPending={isPending}>
        {deed}
      </Button>
    </div>
  );
}
