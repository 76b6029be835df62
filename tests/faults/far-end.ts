// The far end of a cable: listens on an address of its namespace and leads each connection to a socket file, which is seen from
// everywhere. `node far-end.ts <address> <socket file>` prints its port.

import { type AddressInfo, connect, createServer } from 'node:net';

const [address, socketFile] = process.argv.slice(2);
if (address === undefined || socketFile === undefined)
  throw new Error('usage: far-end.ts <address> <socket file>');

const server = createServer((outer) => {
  const inner = connect(socketFile);
  for (const [one, other] of [
    [outer, inner],
    [inner, outer],
  ] as const) {
    one.on('error', () => one.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
});
server.listen(0, address, () => console.log((server.address() as AddressInfo).port));
