// A labelled text field with its hint and its error, for forms of react-hook-form.

import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import { type Control, Controller, type FieldPath, type FieldValues } from 'react-hook-form';
import { IconButton } from './button.tsx';

interface FieldProps<Values extends FieldValues> {
  readonly control: Control<Values>;
  readonly name: FieldPath<Values>;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
  readonly type?: 'text' | 'url';
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
}

const input =
  'h-10 w-full rounded-lg border border-line-strong bg-ground px-3 text-sm text-ink placeholder:text-ink-faint invalid:border-warn-text';

export function Field<Values extends FieldValues>({
  control,
  name,
  label,
  hint,
  placeholder,
  type = 'text',
  autoFocus = false,
  maxLength,
}: FieldProps<Values>) {
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <TextField
          {...field}
          value={field.value ?? ''}
          type={type}
          isInvalid={fieldState.invalid}
          validationBehavior="aria"
          autoFocus={autoFocus}
          autoComplete="off"
          spellCheck="false"
          {...(maxLength === undefined ? {} : { maxLength })}
          className="flex min-w-0 flex-col gap-1.5"
        >
          <Label className="text-sm font-medium">{label}</Label>
          <Input placeholder={placeholder ?? ''} className={input} />
          <FieldNotes hint={hint} error={fieldState.error?.message} />
        </TextField>
      )}
    />
  );
}

interface SecretFieldProps<Values extends FieldValues>
  extends Omit<FieldProps<Values>, 'type' | 'placeholder' | 'autoFocus'> {
  readonly showLabel: string;
  readonly hideLabel: string;
}

/** A password; it can be looked at while it is typed, and the browser keeps no copy. */
export function SecretField<Values extends FieldValues>({
  control,
  name,
  label,
  hint,
  showLabel,
  hideLabel,
}: SecretFieldProps<Values>) {
  const [isShown, setShown] = useState(false);
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <TextField
          {...field}
          value={field.value ?? ''}
          type={isShown ? 'text' : 'password'}
          isInvalid={fieldState.invalid}
          validationBehavior="aria"
          autoComplete="new-password"
          className="flex min-w-0 flex-col gap-1.5"
        >
          <Label className="text-sm font-medium">{label}</Label>
          <div className="relative">
            <Input className={`${input} pr-10`} />
            <div className="absolute inset-y-0 right-0.5 flex items-center">
              <IconButton
                icon={isShown ? EyeOff : Eye}
                label={isShown ? hideLabel : showLabel}
                onPress={() => setShown(!isShown)}
              />
            </div>
          </div>
          <FieldNotes hint={hint} error={fieldState.error?.message} />
        </TextField>
      )}
    />
  );
}

function FieldNotes({ hint, error }: { readonly hint: ReactNode; readonly error: string | undefined }) {
  return (
    <>
      {hint !== undefined && error === undefined && (
        <Text slot="description" className="text-xs text-ink-faint">
          {hint}
        </Text>
      )}
      <FieldError className="text-xs font-medium text-warn-text">{error}</FieldError>
    </>
  );
}
