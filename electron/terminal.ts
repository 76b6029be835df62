// What the program says to whoever started it, whether or not somebody reads it.

// Where the reader is gone (a closed terminal, `| head`), writing fails with EPIPE; unheard, that would end the program.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

export const say = (line: string) => process.stdout.write(`${line}\n`);
export const complain = (line: string) => process.stderr.write(`${line}\n`);
