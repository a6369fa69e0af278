// The panel of centre.mjs over the library modesl, which subscribes to everything as JSON.
import { once } from 'node:events';
import modesl from 'modesl';
import { Events, visit } from './centre.mjs';

const scene = JSON.parse(process.argv[2]);
const connection = new modesl.Connection(scene.host, scene.port, scene.password);
connection.on('error', (error) => { throw error; });
connection.on('esl::event::auth::fail', () => { throw new Error('the password was refused'); });
await once(connection, 'esl::ready');

const replyOf = (call) => new Promise((resolve) => { call(resolve); });
const asObject = (event) =>
  Object.fromEntries(event.headers.map(({ name, value }) => [name, String(value)]));
const events = new Events();
connection.on('esl::event::*::**', (event) => { events.take(asObject(event)); });

const panel = {
  events,
  api: async (text) => (await replyOf((done) => connection.api(text, done))).getBody(),
  background: async (text) => (await replyOf((done) => connection.bgapi(text, done))).getBody(),
  send: async (name, headers) => {
    const event = new modesl.Event(name);
    for (const [key, value] of Object.entries(headers)) event.addHeader(key, value);
    return (await replyOf((done) => connection.sendEvent(event, done))).getHeader('Reply-Text');
  },
};
const subscribed = await replyOf((done) => connection.subscribe('all', done));
console.log(subscribed.getHeader('Reply-Text'));
await visit(panel, scene);

const shown = await new Promise((resolve, reject) => {
  connection.show('channels', (error, parsed) => (error ? reject(error) : resolve(parsed)));
});
console.log(`show channels: ${shown.rows.length} of ${shown.row_count}`);
connection.disconnect();
