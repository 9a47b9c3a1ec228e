import { createServer } from "node:http";
import { Server } from "socket.io";
import { feed } from "./feed.mjs";

const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});
const ROOM = "auction";
io.on("connection", (socket) => socket.join(ROOM));

const listening = new Promise((resolve) => {
  http.listen({ host: "127.0.0.1", port: Number(process.env.PORT), backlog: 8192 }, resolve);
});
// Parsed once a delta; the adapter encodes packet and frame once for the whole room.
await Promise.all([listening, feed((json) => io.to(ROOM).emit("delta", JSON.parse(json.toString("utf8"))))]);
console.log("ready");
