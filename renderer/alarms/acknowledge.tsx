// Says that an alarm about the past was read. Only who may do so sees the button.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../electron/contract/alarms.ts';
import { Button } from '../controls/button.tsx';
import { refusalWords } from '../controls/refusal-words.ts';
import { remark } from '../controls/remark.tsx';
import { api, refusalOf } from '../station/client.ts';
import { useMay } from '../station/person.ts';

export function Acknowledge({ alarm }: { readonly alarm: Alarm }) {
  const { t } = useTranslation('alarms');
  const queries = useQueryClient();
  const isOperator = useMay()('operator');
  const acknowledge = useMutation(
    api.alarms.acknowledge.mutationOptions({
      onError: (error) => {
        // Somebody else was quicker: it is read.
        if (refusalOf(error).code !== 'ALARM_NOT_FOUND') remark({ text: refusalWords(error) });
      },
      onSettled: () => queries.invalidateQueries({ queryKey: api.alarms.list.key() }),
    }),
  );
  if (!alarm.acknowledge || !isOperator) return null;
  return (
    <Button
      icon={Check}
      aria-label={t('acknowledgeThis', { alarm: alarm.message })}
      isPending={acknowledge.isPending}
      onPress={() => acknowledge.mutate({ alarmId: alarm.id })}
    >
      {t('acknowledge')}
    </Button>
  );
}
