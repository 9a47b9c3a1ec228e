import { WebSocket, WebSocketServer } from "ws";
import { feed } from "./feed.mjs";

const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.env.PORT),
  backlog: 8192,
  perMessageDeflate: false,
  clientTracking: false,
});
const clients = new Set();
const TEXT = { binary: false };
server.on("connection", (client) => {
  clients.add(client);
  client.on("close", () => clients.delete(client));
  client.on("error", () => client.terminate());
});

function broadcast(json) {
  for (const client of clients) {
    if (client.readyState === WebSocket.OPEN) {
      client.send(json, TEXT);
    }
  }
}

const listening = new Promise((resolve) => server.on("listening", resolve));
await Promise.all([listening, feed(broadcast)]);
console.log("ready");
