// Words around the alarms; what an alarm itself says comes from the station.
export const alarms = {
  title: 'Alarms',
  more_one: 'and one more',
  more_other: 'and {{count}} more',
  show: 'Show on the health screen',
  since: 'Since {{time}}',
  was: 'At {{time}}',
  acknowledge: 'Acknowledge',
  acknowledgeThis: 'Acknowledge: {{alarm}}',
  endsItself: 'Ends by itself when its cause is over.',
  count_one: '{{count}} alarm',
  count_other: '{{count}} alarms',
} as const;
