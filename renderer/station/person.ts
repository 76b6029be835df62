// What the person at this window may do.
import { useQuery } from '@tanstack/react-query';
import { mayUse, type Role } from '../../electron/contract/roles.ts';
import { api } from './client.ts';

/** Answers whether the person has at least a role; no to everything until the station has said who it is. */
export function useMay(): (role: Role) => boolean {
  const person = useQuery(api.session.me.queryOptions()).data;
  return (role) => person !== undefined && mayUse(person.role, role);
}
