// How many days of each camera's footage there will be once old footage has to make room: a pure calculation.

export interface ForecastCamera {
  /** While it records; 0 counts as nothing. */
  readonly bytesPerDay: number;
  readonly keepDays: number | undefined;
  readonly quotaBytes: number | undefined;
}

/**
 * All cameras share the room, the oldest goes first: so each keeps the same number of days, except where a camera's own
 * limit ends earlier and leaves its room to the others.
 * @param capacityBytes room for footage that is not locked, on all volumes together
 * @returns days per camera, in order; undefined for one that makes no footage
 */
export function forecastDays(
  capacityBytes: number,
  cameras: readonly ForecastCamera[],
): (number | undefined)[] {
  const own = cameras.map(ownLimitDays);
  /** Cameras in the order in which their own limits end; what is left of the room goes on to the rest. */
  const order = cameras
    .map((camera, index) => ({ bytesPerDay: camera.bytesPerDay, limit: own[index] ?? 0, index }))
    .filter(({ bytesPerDay }) => bytesPerDay > 0)
    .toSorted((one, other) => one.limit - other.limit);
  const days: (number | undefined)[] = cameras.map(() => undefined);
  let leftBytes = Math.max(0, capacityBytes);
  let leftPerDay = order.reduce((sum, { bytesPerDay }) => sum + bytesPerDay, 0);
  for (const { bytesPerDay, limit, index } of order) {
    const shared = leftBytes / leftPerDay;
    days[index] = Math.min(limit, shared);
    if (limit <= shared) {
      leftBytes -= limit * bytesPerDay;
      leftPerDay -= bytesPerDay;
    }
  }
  return days;
}

function ownLimitDays({ bytesPerDay, keepDays, quotaBytes }: ForecastCamera): number {
  const byAge = keepDays ?? Number.POSITIVE_INFINITY;
  return quotaBytes === undefined || bytesPerDay === 0 ? byAge : Math.min(byAge, quotaBytes / bytesPerDay);
}
