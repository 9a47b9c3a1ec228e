import { Sender, WebSocketServer } from "ws";
import { feed } from "./feed.mjs";

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.env.PORT),
  backlog: 8192,
  perMessageDeflate: false,
  clientTracking: false,
});
const clients = new Set();
server.on("connection", (client) => {
  clients.add(client);
  client.on("close", () => clients.delete(client));
  client.on("error", () => client.terminate());
});

// The frame is made once for everybody, as socket.io does it, too: a server's frames are not masked.
function broadcast(json) {
  const frame = Buffer.concat(
    Sender.frame(json, { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true }),
  );
  for (const client of clients) {
    if (client.readyState === 1) {
      client._socket.write(frame);
    }
  }
}

const listening = new Promise((resolve) => server.on("listening", resolve));
await Promise.all([listening, feed(broadcast)]);
console.log("ready");
