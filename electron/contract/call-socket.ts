// Where the headless station answers calls over a WebSocket, beside `POST /rpc`.

export const callSocketPath = '/calls';
