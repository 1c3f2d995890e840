// Preloaded into the language server: a schema that is fetched from elsewhere is a mistake.
const net = require("node:net");

net.Socket.prototype.connect = function () {
  process.stderr.write("the language server asked for the network\n");
  throw new Error("no network in this test");
};
