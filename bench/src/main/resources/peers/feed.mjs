import net from "node:net";

/** Calls `each` with every line that comes from the benchmark, and ends with it. */
export function feed(each) {
  const socket = net.connect({ host: "127.0.0.1", port: Number(process.env.FEED_PORT), noDelay: true });
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let begin = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, begin)) {
      each(rest.subarray(begin, end));
      begin = end + 1;
    }
    rest = rest.subarray(begin);
  });
  socket.on("error", () => process.exit(1));
  socket.on("close", () => process.exit(0));
  return new Promise((resolve) => socket.on("connect", resolve));
}
