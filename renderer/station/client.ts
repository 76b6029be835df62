// The window's typed way to the station: the same calls over the preload's port or over loopback HTTP.
import { createORPCClient, DynamicLink, ORPCError } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { DesktopBridge } from '../../electron/contract/bridge.ts';
import type { Contract } from '../../electron/contract/contract.ts';
import type { ErrorCode, ErrorDetail } from '../../electron/contract/errors.ts';
import { SocketLink } from './socket-link.ts';

declare global {
  interface Window {
    /** Put there by the desktop's preload script; absent in a browser on the headless station. */
    readonly lookout?: DesktopBridge;
  }
}

type StationClient = ContractRouterClient<Contract>;

function connect(): StationClient {
  const port = window.lookout?.port;
  if (port === undefined) {
    const page = window.location.href;
    const requests = new FetchLink({ url: new URL('/rpc', page).href });
    const sockets = new SocketLink(page, () => createORPCClient<StationClient>(requests).session.me());
    return createORPCClient(
      new DynamicLink((_, path) => (path.join('.') === 'events.watch' ? sockets : requests)),
    );
  }
  return createORPCClient(
    new PortLink({
      port: {
        postMessage: (data: string | Uint8Array) => port.send(data),
        onMessage: { addListener: (listener: (data: unknown) => void) => void port.onMessage(listener) },
        // The port lives as long as the window does.
        onDisconnect: { addListener: () => undefined },
      },
    }),
  );
}

/** Every call of the contract. A refusal throws; read it with `refusalOf`. */
export const station: StationClient = connect();

/** The same calls as query and mutation options with keys, for react-query. */
export const api = createTanstackQueryUtils(station);

/** Names this window to the station: its live connection and its tiles. New with every load. */
export const windowId: string = crypto.randomUUID();

/** What the station refused, in the operator's words. */
export interface Refusal {
  readonly code: ErrorCode | 'UNREACHABLE';
  readonly message: string;
  readonly hint?: string;
  /** Path of the input field it is about, e.g. `url`. */
  readonly field?: string;
}

/** Reads anything a call threw. What is no answer of the station at all comes as UNREACHABLE, without a message. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ORPCError) || !error.defined) return { code: 'UNREACHABLE', message: '' };
  const detail = (error.data ?? {}) as ErrorDetail;
  return {
    code: error.code as ErrorCode,
    message: error.message,
    ...(detail.hint === undefined ? {} : { hint: detail.hint }),
    ...(detail.field === undefined ? {} : { field: detail.field }),
  };
}
