// Asks for the name of a view, new or renamed, and for the word before one is removed.
import { zodResolver } from '@hookform/resolvers/zod';
import { LayoutGrid } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod';
import { ViewInput, viewNameLimit } from '../../electron/contract/views.ts';
import { Question, Sheet } from '../controls/dialog.tsx';
import { Field } from '../controls/field.tsx';
import { FormButtons } from '../controls/form-buttons.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { useViewDialog, viewDialog } from './view-dialogs.ts';
import { removeView, renameView, saveView, useShownView } from './views.ts';

export function ViewDialogs() {
  const { t } = useTranslation('live');
  const saved = useShownView();
  const open = useViewDialog((state) => state.open);
  // What was asked for before may be answered when another one is open.
  const close = () => viewDialog.close(open);
  const setOpen = (isOpen: boolean) => {
    if (!isOpen) close();
  };
  const remove = async () => {
    close();
    if (saved === undefined) return;
    try {
      await removeView(saved);
    } catch (error) {
      remark({ text: refusalWords(error) });
    }
  };
  return (
    <>
      <Sheet
        isOpen={open === 'save'}
        onOpenChange={setOpen}
        title={t('views.saveAs')}
        icon={LayoutGrid}
        width="narrow"
      >
        <NameForm name="" deed={t('views.save')} onName={(name) => saveView(name)} onDone={close} />
      </Sheet>
      {saved !== undefined && (
        <>
          <Sheet
            isOpen={open === 'rename'}
            onOpenChange={setOpen}
            title={t('views.rename')}
            icon={LayoutGrid}
            width="narrow"
          >
            <NameForm
              name={saved.name}
              deed={t('views.rename')}
              onName={(name) => renameView(saved, name)}
              onDone={close}
            />
          </Sheet>
          <Question
            isOpen={open === 'remove'}
            onOpenChange={setOpen}
            title={t('views.removeTitle', { name: saved.name })}
            deed={t('views.remove')}
            cancel={t('views.cancel')}
            onConfirm={() => void remove()}
          >
            {t('views.removeWarning')}
          </Question>
        </>
      )}
    </>
  );
}

const Name = z.object({ name: ViewInput.shape.name });

interface NameFormProps {
  readonly name: string;
  readonly deed: string;
  onName(name: string): Promise<void>;
  onDone(): void;
}

function NameForm({ name, deed, onName, onDone }: NameFormProps) {
  const { t } = useTranslation('live');
  const { control, handleSubmit, setError, formState } = useForm({
    resolver: zodResolver(Name),
    defaultValues: { name },
  });
  const submit = handleSubmit(async (values) => {
    try {
      await onName(values.name);
      onDone();
    } catch (error) {
      setError('name', { message: refusalWords(error) });
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Field control={control} name="name" label={t('views.name')} autoFocus maxLength={viewNameLimit} />
      <div className="mt-6">
        <FormButtons
          deed={deed}
          cancel={t('views.cancel')}
          isPending={formState.isSubmitting}
          onCancel={onDone}
        />
      </div>
    </form>
  );
}
