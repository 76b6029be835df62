// The four roles, from least to most; a call names the least role that may use it.

export const roles = ['viewer', 'operator', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** True when somebody of role `has` may use what needs `needs`. */
export function mayUse(has: Role, needs: Role): boolean {
  return roles.indexOf(has) >= roles.indexOf(needs);
}
